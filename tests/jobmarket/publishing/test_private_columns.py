import pytest

from jobmarket.publishing import open_published, publish
from jobmarket.publishing.dictionary import contracts
from jobmarket.publishing.private_columns import is_private_name
from jobmarket.settings import Home, Settings
from jobmarket.stages import StageError
from jobmarket.warehouse import POSTING_COLUMNS, connect
from tests.conftest import ROOT
from tests.jobmarket.publishing.synthetic_marts import AS_OF, change_marts, describe

pytestmark = pytest.mark.usefixtures("few_questions")

SETTINGS = Settings(_env_file=None)


def add_column(home: Home, kind: str, value: str) -> None:
    name = kind.split()[0]
    with connect(home, SETTINGS) as warehouse:
        warehouse.execute(f"alter table marts.fct_postings add column {kind}")
        warehouse.execute(f"update marts.fct_postings set {name} = {value}")
        describe(warehouse)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("payload VARCHAR", "'{}'"),
        ("board_object JSON", "'{}'"),
        ("description_html VARCHAR", "null"),
        ("description_text VARCHAR", "null"),
        ("description VARCHAR", "null"),
        ("creator_name VARCHAR", "null"),
        ("contact_email VARCHAR", "null"),
        ("recruiter VARCHAR", "null"),
        ("people STRUCT(city VARCHAR, phone VARCHAR)[]", "null"),
        ("recruiters VARCHAR[]", "null"),
        ("work_emails VARCHAR", "null"),
        ("apply_to VARCHAR[]", "case native_id when '7' then ['by mail', 'jobs@employer.example'] end"),
        ("team STRUCT(lead VARCHAR)", "case native_id when '7' then {'lead': 'jane.doe@employer.example'} end"),
        ("apply_to VARCHAR", "'jobs+' || native_id || '@employer.example'"),
        ("summary VARCHAR", "repeat('We build things. ', 60) || '<p>You know Python.</p>'"),
        ("summary VARCHAR", "repeat('We build things. ', 60)"),
    ],
)
def test_private_columns_are_refused_by_name_and_by_content(home: Home, kind: str, value: str) -> None:
    add_column(home, kind, value)
    with pytest.raises(StageError, match=rf"marts\.\"?fct_postings\"?.*{kind.split()[0]}"):
        publish(home, SETTINGS, AS_OF)
    assert not home.database.exists()


def test_addresses_are_removed_from_titles_and_long_titles_are_cut(home: Home) -> None:
    titles = {
        "7": ("ML Engineer, ask jane.doe@employer.example now @ 9", "ML Engineer, ask [email] now @ 9"),
        "8": ("ML Engineer, ask jörg.doe@müller.example", "ML Engineer, ask [email]"),
        "10": ("We build things. " * 60, ("We build things. " * 60)[:300]),
    }
    change_marts(
        home,
        *(
            f"update marts.fct_postings set title = '{title}' where native_id = '{n}'"
            for n, (title, _) in titles.items()
        ),
    )
    publish(home, SETTINGS, AS_OF)
    with open_published(home) as published:
        found = dict(published.execute("select native_id, title from fct_postings").fetchall())
    assert {n: found[n] for n in titles} == {n: shown for n, (_, shown) in titles.items()}
    assert b"jane.doe" not in home.database.read_bytes()


def test_names_in_the_marts_raise_no_false_alarm() -> None:
    names = [column.name for table in contracts(ROOT / "dbt_project") for column in table.columns]
    assert "has_description" in names
    assert [name for name in names if is_private_name(name)] == []


def test_texts_of_the_posting_contract_are_private() -> None:
    private = {name for name in POSTING_COLUMNS if is_private_name(name)}
    assert private >= {"payload", "description_html", "description_text"}
