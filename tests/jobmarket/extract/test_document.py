from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobmarket.extract.document import Document, read_document
from jobmarket.extract.folding import fold


def section_of(document: Document, words: str) -> tuple[str, str]:
    at = document.text.index(words)
    section = next(s for s in document.sections if s.start <= at < s.end)
    return section.kind, section.level


ENGLISH = """
<p>Northwind Analytics is a leading provider of crop forecasts, trusted by farms that run SAP.</p>
<h2>About the role</h2><p>You will run pipelines on Airflow.</p>
<h2>What you bring</h2><ul><li><p>Five years of <strong>Python</strong></p></li><li><p>Kafka is a plus</p></li>
<li>SQL; ideally with DuckDB</li></ul>
<p><strong>Nice to have:</strong></p><ul><li>Rust</li></ul>
<p><strong>Our stack:</strong> Kubernetes and Go</p>
<h3>Benefits</h3><p>A budget for AWS courses.</p>
"""


@pytest.mark.parametrize(
    ("words", "kind", "level"),
    [
        ("SAP", "about", "context"),
        ("Airflow", "responsibilities", "mentioned"),
        ("Python", "requirements", "required"),
        ("Kafka", "preferred", "preferred"),
        ("SQL", "requirements", "required"),
        ("DuckDB", "preferred", "preferred"),
        ("Rust", "preferred", "preferred"),
        ("Kubernetes", "stack", "mentioned"),
        ("AWS", "benefits", "context"),
    ],
)
def test_sections_give_the_level_of_their_skills(words: str, kind: str, level: str) -> None:
    assert section_of(read_document("Engineer", None, html=ENGLISH), words) == (kind, level)


@pytest.mark.parametrize(
    ("html", "words", "kind"),
    [
        (
            "<h2>Deine Aufgaben</h2><p>Modelle in Java.</p><h2>Dein Profil</h2><p>Kenntnisse in Scala</p>",
            "Java",
            "responsibilities",
        ),
        (
            "<h2>Deine Aufgaben</h2><p>Modelle in Java.</p><h2>Dein Profil</h2><p>Kenntnisse in Scala</p>",
            "Scala",
            "requirements",
        ),
        ("<p><b>Wir bieten</b></p><p>Kurse in Kotlin</p>", "Kotlin", "benefits"),
        (
            "<h2>Vos missions</h2><p>Java</p><h2>Votre profil</h2><p>Scala ; Rust serait un plus</p>",
            "Scala",
            "requirements",
        ),
        ("<h2>Vos missions</h2><p>Java</p><h2>Votre profil</h2><p>Scala. Rust serait un plus</p>", "Rust", "preferred"),
        ("<p>REQUIREMENTS</p><p>Julia</p>", "Julia", "requirements"),
        ("<p>Requirements:<br>- Julia<br>- Perl</p>", "Perl", "requirements"),
        ("<div>Preferred Qualifications ---</div><div>Perl</div>", "Perl", "preferred"),
        ("<p>Cloud services (GCP preferred: BigQuery), Terraform</p>", "Terraform", "other"),
    ],
)
def test_headings_of_three_languages_and_many_shapes(html: str, words: str, kind: str) -> None:
    assert section_of(read_document("x", None, html=html), words)[0] == kind


MARKDOWN = """
## About the role
You will run pipelines on Airflow.
### **What you need**
* Python
**Nice to have**
* Rust
**Our stack:** Kubernetes
# Pay transparency
We pay for AWS courses.
"""


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Airflow", "responsibilities"),
        ("Python", "requirements"),
        ("Rust", "preferred"),
        ("Kubernetes", "stack"),
        ("AWS", "pay"),
    ],
)
def test_plain_text_may_be_markdown(words: str, kind: str) -> None:
    document = read_document("Engineer", None, text=MARKDOWN)
    assert section_of(document, words)[0] == kind
    assert "#" not in document.text
    assert "*" not in document.text


@pytest.mark.parametrize("heading", ["***Requirements***", "__Requirements__", "**Requirements**:"])
def test_a_heading_of_markdown_has_many_shapes(heading: str) -> None:
    text = f"## Benefits\nLunch\n{heading}\n5\\+ years of C\\+\\+, full\\-time"
    document = read_document("Engineer", None, text=text)
    assert section_of(document, "years")[0] == "requirements"
    assert document.text.endswith("5+ years of C++, full-time")


@pytest.mark.parametrize(
    "wish", ["Kenntnisse in Airflow sind ein Plus", "Wünschenswert: Airflow", "Airflow ist vorteilhaft, aber kein Muss"]
)
def test_wishes_are_read_in_german(wish: str) -> None:
    assert section_of(read_document("x", None, text=f"Anforderungen:\n- Python\n- {wish}"), "Airflow")[0] == "preferred"


@pytest.mark.parametrize(
    ("wish", "kind"),
    [
        ("It would be nice if you knew Airflow", "preferred"),
        ("Experience with Airflow is not necessary", "preferred"),
        ("It would be nice to meet you. You know Airflow", "requirements"),
    ],
)
def test_wishes_apply_to_the_words_before_or_after_them(wish: str, kind: str) -> None:
    assert section_of(read_document("x", None, text=f"Requirements:\n- Python\n- {wish}"), "Airflow")[0] == kind


def test_a_paragraph_that_promotes_the_employer_may_go_on_with_the_work() -> None:
    text = "Join us.\nWe raised $150M for our warehouse on Kafka. You need Airflow and a PhD."
    document = read_document("Engineer", None, text=text)
    assert section_of(document, "Kafka")[0] == "about"
    assert section_of(document, "Airflow")[0] == "other"
    whole = read_document("Engineer", None, text="Join us.\nWe raised $150M. Our warehouse is built on Airflow.")
    assert section_of(whole, "Airflow")[0] == "about"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Acme builds ledgers on Kafka. Banks trust it. You will write Airflow jobs.", "about"),
        (
            "We're an early-stage startup at the intersection of Kafka and law. We're hiring for Airflow.",
            "about",
        ),
        ("Acme is hiring. It builds ledgers on Kafka. You will write Airflow jobs.", "other"),
        ("This is a role around Kafka and Airflow.", "other"),
    ],
)
def test_a_paragraph_speaks_of_the_company_until_it_speaks_of_the_role(line: str, kind: str) -> None:
    document = read_document("Engineer", None, text=f"Join us.\nYour chance.\n{line}")
    assert section_of(document, "Kafka")[0] == kind
    assert section_of(document, "Airflow")[0] == "other"


def test_a_notice_about_automated_hiring_is_about_the_company() -> None:
    text = (
        "Requirements:\n- Scala\nWe may use artificial intelligence (AI) tools to help with the evaluation of résumés."
    )
    assert section_of(read_document("Engineer", None, text=text), "evaluation")[0] == "about"


@pytest.mark.parametrize("backer", ["PostgreSQL", "multiple models"])
def test_a_system_may_be_backed_by_another(backer: str) -> None:
    text = f"You join us.\nThe service runs on Django, backed by {backer}."
    assert section_of(read_document("Engineer", None, text=text), "Django")[0] == "other"


def test_sentences_broken_to_a_fixed_width_are_joined() -> None:
    text = (
        "The hiring range for this position in New York or Seattle is \\$208,400\n"
        "to \\$279,500 per year. We ask for comparable work experience, and for\n"
        "two languages of programming that you have used at work or elsewhere\n"
        "- Python\n"
        "Short lines stay apart\n"
        "even in lower case\n"
    )
    assert read_document("Engineer", None, text=text).text == (
        "The hiring range for this position in New York or Seattle is $208,400 to $279,500 per year. We ask for "
        "comparable work experience, and for two languages of programming that you have used at work or elsewhere\n"
        "Python\nShort lines stay apart\neven in lower case"
    )


def test_marks_of_markdown_inside_a_line_are_text() -> None:
    assert read_document("Engineer", None, text="C# ## and a ** b ** c, f(**kwargs)").text == (
        "C# ## and a ** b ** c, f(**kwargs)"
    )


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Essential Qualifications", "requirements"),
        ("Required and Preferred Qualifications", "requirements"),
        ("Your Impact", "responsibilities"),
        ("Pay Scale Group & Hiring Zone", "pay"),
        ("Das bringst du mit.", "requirements"),
        ("Diese Aufgaben erwarten dich.", "responsibilities"),
        ("Das bieten wir Dir", "benefits"),
        ("Profil recherché", "requirements"),
        ("Was du mitbringst", "requirements"),
        ("Was Sie mitbringen", "requirements"),
        ("Essential Skills & Experience", "requirements"),
        ("Was dich erwartet", "responsibilities"),
        ("Tasks", "responsibilities"),
        ("What we use", "stack"),
        ("Package", "pay"),
        ("Desirable", "preferred"),
        ("Nice-to-have skills", "preferred"),
        ("Das wäre schön", "preferred"),
        ("Les plus", "preferred"),
        ("Open Roles", "roles"),
        ("Positions currently open:", "roles"),
        ("We are hiring for two core roles:", "roles"),
        ("Transformation:", "benefits"),
        # items of a list without bullets
        ("Proficiency in SQL", "benefits"),
        ("Linguistics Experience", "benefits"),
        ("You'll stand out if", "preferred"),
        ("Even better if you have", "preferred"),
        ("It's a plus if you have", "preferred"),
        ("Bonus points for", "preferred"),
        ("You might also have", "preferred"),
        ("Your profile", "requirements"),
        ("What it takes", "requirements"),
        ("What's in it for you?", "benefits"),
        ("Interview process", "about"),
    ],
)
def test_plain_text_has_headings_without_signs(heading: str, kind: str) -> None:
    text = f"You will build.\nBenefits\nFree lunch\n{heading}\nScala"
    assert section_of(read_document("Engineer", None, text=text), "Scala")[0] == kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Challenges you will tackle", "responsibilities"),
        ("You will be a great fit if you have…", "requirements"),
        ("🦸 Your responsibilities", "responsibilities"),
        ("Why you’re a great fit", "requirements"),
        ("Please apply if", "requirements"),
        ("🚀 What we do", "about"),
        ("Why acme", "about"),
        ("What sets our platform apart", "about"),
        ("What sets you apart", "preferred"),
        ("We'd love to speak with you if", "requirements"),
        # not the words of a heading, a sentence, the end of one, an item without a bullet
        ("Some words", "benefits"),
        ("Responsible people work here.", "benefits"),
        ("and engage in constructive challenge", "benefits"),
        ("Deep understanding of governance", "benefits"),
    ],
)
def test_a_short_line_before_a_list_is_a_heading_by_its_words(line: str, kind: str) -> None:
    text = f"You will build.\nBenefits:\nFree lunch\n{line}\n- Scala"
    html = f"<p>You will build.</p><h3>Benefits</h3><p>Free lunch</p><p>{line}</p><ul><li>Scala</li></ul>"
    assert section_of(read_document("Engineer", None, text=text), "Scala")[0] == kind
    assert section_of(read_document("Engineer", None, html=html), "Scala")[0] == kind
    without = read_document("Engineer", None, text=text.replace("\n- ", "\n"))
    assert section_of(without, "Scala")[0] == "benefits"


@pytest.mark.parametrize(
    ("html", "words", "kind"),
    [
        # An unknown heading below the duties is a subheading; one with known words is not.
        (
            "<b>Key responsibilities</b><p>Run things.</p><b>Hands-on delivery</b><p>Write dashboards</p>",
            "dashboards",
            "responsibilities",
        ),
        (
            "<b>Requirements</b><p>Know things.</p><b>Data engineering</b><p>Clear words on incident response</p>",
            "Data engineering",
            "other",
        ),
        (
            "<b>Requirements</b><p>Know things.</p><b>Craft</b><p>Proven experience with tracing</p>",
            "tracing",
            "requirements",
        ),
        ("<p>You will do things.</p><b>Culture</b><p>Words on tracing</p>", "tracing", "other"),
        ("<b>About the profile</b><p>Basic SQL</p>", "SQL", "requirements"),
        ("<b>About the candidate</b><p>Basic SQL</p>", "SQL", "requirements"),
        ("<b>Benefits</b><p>Lunch</p><b>Are you passionate about data?</b><p>Basic SQL</p>", "SQL", "requirements"),
        ("<b>Requirements</b><ul><li>Understanding of data privacy</li></ul>", "privacy", "requirements"),
        # Roles listed in a forum post.
        (
            "<p>You join six of us.</p><p>Senior Compiler Engineer - https://x.example/1</p>",
            "Compiler",
            "responsibilities",
        ),
        ("<p>You join six of us.</p><p>Frontend / Viz Engineer</p>", "Frontend", "responsibilities"),
        ("<p>You join us.</p><p>Our engineers wrote a compiler. It is used a lot.</p>", "compiler", "other"),
    ],
)
def test_parts_of_the_work_and_lists_of_roles_are_recognised(html: str, words: str, kind: str) -> None:
    assert section_of(read_document("Engineer", None, html=html), words)[0] == kind


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("About us: We weld ships.\n\nYou must have experience with Python.", "ships", "about"),
        ("About us: We weld ships.\n\nYou must have experience with Python.", "Python", "requirements"),
        ("Benefits: gym, lunch.\n\nYour tools are Python and SQL.", "Python", "other"),
        ("Nice to have: Rust\n\nWe use Kafka daily.", "Kafka", "other"),
        ("Über uns: Wir schweißen Schiffe.\n\nDu beherrschst Python.", "Python", "requirements"),
        ("À propos : nous soudons des navires.\n\nVous maîtrisez Python.", "Python", "requirements"),
        # The roles that follow such a list are described after it.
        ("You join us.\nRoles: Welder and Navigator\nTeam one\n- Python", "Python", "roles"),
    ],
)
def test_a_label_before_a_colon_speaks_of_its_own_line(text: str, words: str, kind: str) -> None:
    assert section_of(read_document("Engineer", None, text=text), words)[0] == kind


def test_a_text_without_a_description_of_the_work_is_not_all_company_text() -> None:
    assert section_of(read_document("x", None, text="Airflow, Kafka.\nSpark"), "Spark") == ("other", "mentioned")


def test_text_has_a_line_for_each_paragraph_and_item_without_bullets() -> None:
    document = read_document(
        "x", None, html="<p>One&nbsp;two</p><ul><li><p>• three</p></li><li>four<br/>five</li></ul>"
    )
    assert document.text == "One two\nthree\nfour\nfive"


def test_plain_text_in_html_keeps_its_list() -> None:
    assert read_document("x", None, html="Intro<p>Plan:<p>- one\n- two").text == "Intro\nPlan:\none\ntwo"


def test_entities_wrong_encodings_and_invisible_characters_are_repaired() -> None:
    html = "<p>Weâ€™re R&amp;D in ZÃ¼rich, te\u200bam &#8203;of cafe\u0301s</p>"
    document = read_document("C&amp;A", " Z&uuml;rich ", html=html)
    assert document.text == "We’re R&D in Zürich, team of cafés"
    assert (document.title, document.location) == ("C&A", "Zürich")


def test_doubly_escaped_html_is_read() -> None:
    assert (
        read_document("x", None, html="&lt;p&gt;Go &amp;amp; Rust&lt;/p&gt;&lt;p&gt;SQL&lt;/p&gt;").text
        == "Go & Rust\nSQL"
    )


def test_scripts_styles_and_comments_are_not_read() -> None:
    html = "<style>p{a:b}</style><p>one<!-- <p>two</p> --></p><SCRIPT>var java</script><p>three</p><!-- four"
    assert read_document("x", None, html=html).text == "one\nthree"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You will work with the team and our models in the cloud.", "en"),
        ("Vous travaillez avec les équipes pour la mise en production des modèles dans le cloud.", "fr"),
        ("Du entwickelst mit dem Team die Modelle und bist für den Betrieb in der Cloud zuständig.", "de"),
        ("Vous maîtrisez Python et PyTorch.", "fr"),
        ("", None),
        ("- Python\n- SQL", None),
        ("機械学習の経験 in the cloud.", None),
        ("Мы ищем инженера по машинному обучению, to work with the cloud.", None),
    ],
)
def test_the_language_of_a_text_is_detected(text: str, language: str | None) -> None:
    assert read_document("x", None, text=text).language == language


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<li>",
        "<b>",
        "</b>",
        "<h2>",
        "<!--",
        "-->",
        "<script",
        "</",
        "<",
        ">",
        "&#1;",
        "&#x0;",
        "&lt;",
        "\n- ",
        "Requirements:",
        "ideally ",
        "(preferred)",
        " is a plus. ",
        "\x00",
        "\x01",
        "\ud800",
        "İ",
        "â€™",
        "﷽",
        "|",
        "C++",
        ".",
    ]
)
MARKUP = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=60).map("".join)


@settings(max_examples=300)
@given(MARKUP, st.text(max_size=30))
def test_any_markup_is_read_and_its_sections_cover_the_text(html: str, title: str) -> None:
    for document in (read_document(title, title, html=html), read_document(title, None, text=html)):
        ends = [0, *(section.end for section in document.sections)]
        assert [section.start for section in document.sections] == ends[:-1]
        assert ends[-1] == len(document.text)
        assert not any(character in document.text for character in "\x00\x01\x02\x03\x04\u200b")
        assert document.text.encode().decode() == document.text


@settings(max_examples=300)
@given(st.text())
def test_folding_keeps_the_position_of_every_character(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<p ", "&", "<li><b>", "a ", "ideally ", "- \n", "is a plus, ", "1 ", "(", "A: "]
)
def test_large_hostile_input_is_read(piece: str) -> None:
    html = piece * (500_000 // len(piece))
    document = read_document("x", None, html=html)
    assert (document.sections[-1].end if document.sections else 0) == len(document.text)


def test_a_non_breaking_hyphen_is_read_as_a_plain_one() -> None:
    document = read_document("Full\u2011Stack Engineer", None, html="<p>Full&#8209;time, on\u2011site</p>")
    assert (document.title, document.text) == ("Full-Stack Engineer", "Full-time, on-site")
    assert read_document("", None, text="on\u2011site").text == "on-site"


def test_utf8_that_was_read_as_latin1_is_repaired() -> None:
    html = "<p>€1,500 – you’ll build 🚀 in Zürich</p>".encode().decode("latin-1")
    assert read_document("x", None, html=html).text == "€1,500 – you’ll build 🚀 in Zürich"
    assert read_document("x", None, html="<p>Le château, l’âge</p>").text == "Le château, l’âge"
