"""Role, seniority, workplace, employment, degree and years: one convention per line, in English, French and German."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobmarket.extract import degree, employment, experience, role, seniority, workplace
from jobmarket.extract.document import Document, read_document
from jobmarket.extract.sections import Section


def posting(text: str = "", title: str = "Engineer", location: str | None = None) -> Document:
    return Document(title, location, text, (), "en")


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Machine Learning Engineer", "ml_engineer"),
        ("Senior Computer Vision Engineer", "ml_engineer"),
        ("NLP Engineer (m/f/d)", "ml_engineer"),
        ("Ingénieur Machine Learning", "ml_engineer"),
        ("MLOps Engineer", "mlops_engineer"),
        ("Software Engineer, ML Infrastructure", "mlops_engineer"),
        ("Software Engineer, Inference", "mlops_engineer"),
        ("AI Engineer", "ai_engineer"),
        ("Software Engineer, AI Agents", "ai_engineer"),
        ("KI-Entwickler (m/w/d)", "ai_engineer"),
        ("Prompt Engineer", "ai_engineer"),
        ("Research Scientist, Reinforcement Learning", "ml_researcher"),
        ("Applied Scientist II", "ml_researcher"),
        ("Data Scientist", "data_scientist"),
        ("Analytics Engineer", "data_engineer"),
        ("Dateningenieur (m/w/d)", "data_engineer"),
        ("Business Intelligence Analyst", "data_analyst"),
        ("BI Architect", "data_analyst"),
        ("Senior Backend Engineer", "software_engineer"),
        ("Site Reliability Engineer", "software_engineer"),
        ("Softwareentwickler Java", "software_engineer"),
        ("Security Engineer, AI", "software_engineer"),
        ("AI-first Golang Developer", "software_engineer"),
        ("Product Manager, AI", "other"),
        ("AI Tutor", "other"),
        ("Solutions Engineer, AI", "other"),
        ("Mechanical Engineer", "other"),
        ("Technical Recruiter", "other"),
        ("Senior Applied Scientist, Content Understanding", "ml_researcher"),
        ("NLP Engineer - Clinical Data", "ml_engineer"),
        ("Ingénieur plateforme ML (H/F)", "mlops_engineer"),
        ("Ingénieur IA Senior (H/F)", "ai_engineer"),
        ("AI Forward Deployed Engineer", "ai_engineer"),
        ("Founding Engineer - Acme AI", "software_engineer"),
        ("Backend Engineer (Analytics)", "software_engineer"),
        ("Data Analyst - Marketing", "data_analyst"),
        ("Clinical Data Analyst", "data_analyst"),
        ("Quality_Assurance_Analyst", "software_engineer"),
        ("Data Analyst Consultant, Professional Services", "data_analyst"),
        ("Recruiter (Data Analysts)", "other"),
        ("Director of Engineering", "software_engineer"),
        ("Senior Covenant Lawyer", "other"),
        ("Acme | Data Engineer | Berlin | Remote | Full-time", "data_engineer"),
        ("Acme | ML Engineer, Product Designer, Data Engineer | NYC", "multiple"),
        ("Artificial Intelligence Engineer", "ai_engineer"),
        ("Principal Engineer - Gen AI", "ai_engineer"),
        ("Sr. Developer - AI & Automation", "ai_engineer"),
        ("Legal AI Engineer", "ai_engineer"),
        ("Senior Backend Engineer, AI Team", "software_engineer"),
        ("Senior Python Engineer (AI Product Team)", "software_engineer"),
        ("Java Fullstack Engineer with AI/ML", "software_engineer"),
        ("Lead Quality Engineer - Test Automation", "software_engineer"),
        ("AI DevOps Engineer", "mlops_engineer"),
        ("Forschungsingenieur Maschinelles Lernen", "ml_researcher"),
        ("Ingénieur IA générative (H/F)", "ai_engineer"),
        ("Business Intelligence Developer", "data_analyst"),
        ("Satellite Payload Engineer", "other"),
        ("Senior Manager, Project Management + People Analytics", "other"),
        ("Tech Lead - Public API Team", "software_engineer"),
        ("Acme | Head of AI & Engineering | Remote", "ai_engineer"),
        ("Acme | Research Scientists and Research Engineers | Boston", "ml_researcher"),
        ("Acme | Multiple engineering roles | NYC", "multiple"),
        ("Acme | Senior Engineer, Generative AI | Remote", "ai_engineer"),
        ("Acme | Low-level Developers | Paris", "software_engineer"),
        ("Customer Success Engineer", "other"),
        ("Principal Marketing Analytics Manager", "data_analyst"),
        ("Software Engineer (Java/Go with AI)", "software_engineer"),
        ("Research Scientist - Computational Chemistry", "other"),
        ("Intern — AI", "ai_engineer"),
        ("77 - AI Engineer (Backend focus)", "ai_engineer"),
        ("Acme | Senior Software / AI Engineer | Berlin | Full-time", "ai_engineer"),
        ("Acme | Software Engineers / AI Engineers | Berlin | Full-time", "multiple"),
        ("Design Engineer - CAD", "other"),
        ("Head of AI", "ai_engineer"),
        ("Director of AI & ML", "ml_engineer"),
        ("Head of AI Partnerships", "other"),
        ("Responsable IA", "ai_engineer"),
        ("Architecte IA (H/F)", "ai_engineer"),
        ("TinyML Engineer", "ml_engineer"),
        ("BI Lead", "data_analyst"),
        ("Operations Research Scientist", "data_scientist"),
        ("Operations Research Associate", "other"),
        ("AI/ML Solution Engineer", "ai_engineer"),
        ("MERN Stack Developer (AI Agents)", "software_engineer"),
        ("AI & Automation Developer Digital Transformation", "ai_engineer"),
        ("Digital Transformation Manager", "other"),
        ("Acme | Radio Engineer (SDR) | Berlin", "software_engineer"),
        ("Acme | Senior Backend Engineer (AI Systems) | Berlin | Full-time", "software_engineer"),
        ("Acme | Senior Engineer, Agentic Engineering | Berlin", "ai_engineer"),
        ("Acme | Berlin | Junior SWE ($250k + equity), Senior SWE ($300k)", "software_engineer"),
        ("Acme | Technical Co-Founder | Remote", "software_engineer"),
        ("Staff UX/UI Engineer", "software_engineer"),
        ("Head of Security", "software_engineer"),
        ("Senior Security Operations Analyst", "software_engineer"),
        ("Security Guard", "other"),
        ("Data Migration Specialist", "data_engineer"),
        ("Measurement Lead, Causal Inference", "data_scientist"),
        ("ML Research and Development Engineer", "ml_engineer"),
        ("ML Research Engineer, Development Tools", "ml_researcher"),
        ("AI Studio / Solution Engineer", "ai_engineer"),
        ("AI Demo Engineer", "other"),
        ("Principal Engineer (Data & Search)", "data_engineer"),
        ("Principal Engineer (Data & AI Agents)", "ai_engineer"),
        ("Baton AI - Fullstack Engineer", "software_engineer"),
        ("Applied AI - Software Engineer", "ai_engineer"),
        ("Future Engineering Opportunities", "software_engineer"),
        ("Open Application: Engineering", "software_engineer"),
        ("Open Application", "other"),
        ("Acme - Technical Lead", "software_engineer"),
        ("Research Manager, Interpretability", "ml_researcher"),
        ("Research Manager, Consumers", "other"),
        ("Senior Mine Engineer", "other"),
        ("Join our Engineering Talent Pool", "software_engineer"),
        ("Join our Talent Pool", "other"),
        ("Systems Engineer | Payload Integration", "other"),
        ("Systems Engineer | Content Delivery", "software_engineer"),
    ],
)
def test_role_family_of_a_title(title: str, family: str) -> None:
    assert role.role_family(posting(title=title)) == family


def test_a_title_without_an_occupation_is_not_classified_by_the_colleagues_it_names() -> None:
    text = "You will work with data scientists and machine learning engineers.\n"
    assert role.role_family(posting(text, "Senior Covenant Lawyer")) == "other"
    assert role.role_family(posting("Role: Data Engineer\n" + text, "Join us")) == "data_engineer"


@pytest.mark.parametrize(
    ("text", "family", "level"),
    [
        ("Acme builds rockets.\nSenior Platform Engineer - Rockets\nMore here.", "software_engineer", "senior"),
        (
            "A new role open on my team: Staff Engineer – GenAI. " + "It is about compliance. " * 6,
            "ai_engineer",
            "staff",
        ),
        ("We are hiring a machine learning engineer. " + "They fly over the sea. " * 6, "ml_engineer", "unspecified"),
        ("We are looking for a data engineer.\nML Engineer\nProduct Designer", "multiple", "unspecified"),
        (
            "- Lead Data Engineer https://jobs.acme.example/1 " + "to help with the feeds of every team we have. " * 3,
            "data_engineer",
            "lead",
        ),
        ("Acme makes rockets and nothing else.", "other", "unspecified"),
        # One role with its place, pay or link in columns, and one whose line continues with a description.
        ("Senior Data Engineer | Berlin | 90k | https://acme.example/1", "data_engineer", "senior"),
        (
            "Staff Software Engineer ($200–250K) — for those who ship rockets every week, " + "and fly in them. " * 3,
            "software_engineer",
            "staff",
        ),
        (
            "Our engineers — all of them fly — are few. " + "They make rockets over the sea. " * 3,
            "other",
            "unspecified",
        ),
    ],
)
def test_a_forum_post_without_a_role_in_its_first_line_is_classified_by_the_roles_in_its_text(
    text: str, family: str, level: str
) -> None:
    document = posting(text, "Acme | Berlin | Full-time")
    assert role.role_family(document) == family
    assert seniority.seniority(document) == level


def test_a_title_that_is_the_first_sentence_of_a_forum_post_names_no_role() -> None:
    title = "We at Acme are hiring in Berlin."
    text = "You build what pilots see.\nWe're looking for a seasoned UI engineer who flies."
    assert role.role_family(posting(f"{title}\n{text}", title)) == "software_engineer"
    assert role.role_family(posting(text, title)) == "other"


def test_an_ai_engineer_who_only_trains_models_is_an_ml_engineer() -> None:
    text = "PyTorch, TensorFlow, computer vision, deep learning, object detection, segmentation, model training."
    assert role.role_family(posting(text, "AI Engineer")) == "ml_engineer"


def test_an_ai_engineer_of_a_field_of_ml_is_an_ml_engineer_where_the_text_trains_models() -> None:
    title = "AI Engineer - Reinforcement Learning"
    assert role.role_family(posting("You train agents with reinforcement learning.", title)) == "ml_engineer"
    assert role.role_family(posting("You prompt agents built on LLMs, RAG and MCP.", title)) == "ai_engineer"


def test_ai_in_a_title_does_not_count_if_a_long_text_never_mentions_it() -> None:
    title = "Senior Engineer, Sensor - Cloud & AI Runtime"
    assert role.role_family(posting("You write kernel modules in C. " * 30, title)) == "software_engineer"
    assert role.role_family(posting("You build LLM agents and prompts. " * 30, title)) == "ai_engineer"


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("R&D Engineer Hardware", "other"),
        ("Software Engineer Hardware", "software_engineer"),
        ("Acme - https://acme.example/ai-engineers - Accountant", "other"),
        ("Acme - www.acme-designers.example - Data Engineer", "data_engineer"),
        ("PhD Candidate in Biologically Inspired Learning and Robotics", "ml_researcher"),
        ("PhD Candidate in Biology and Robotics", "other"),
    ],
)
def test_a_title_is_read_without_addresses_and_by_its_own_trade(title: str, family: str) -> None:
    assert role.role_family(posting("", title)) == family


def test_an_ml_engineer_who_trains_language_models_after_their_training_is_one() -> None:
    applying = "Large language models (LLMs), RAG, prompts, agents and Claude.\n"
    assert role.role_family(posting(applying, "ML Engineer")) == "ai_engineer"
    assert role.role_family(posting(applying + "You lead post-training.", "ML Engineer")) == "ml_engineer"


def test_an_ai_expert_who_trains_models_is_an_ml_engineer() -> None:
    text = "Responsibilities\nDevelop AI models and curate datasets.\nOversee model training on our cluster."
    assert role.role_family(read_document("AI Expert", None, text=text)) == "ml_engineer"
    assert role.role_family(read_document("AI Expert", None, text="Responsibilities\nExplain AI to bakers.")) == "other"


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Help train our language models: compare and rank code snippets and explain which is best.", "other"),
        ("Sie helfen, unsere Sprachmodelle zu trainieren: Bewertung von KI-generiertem Code.", "other"),
        ("No AI training data was seen before you rate the responses of our chatbot.", "other"),
        ("Give feedback to improve how language models learn; review AI-generated code and rank solutions.", "other"),
        ("Be part of helping generative AI models write better code: evaluating AI-generated code.", "other"),
        ("Build tools that help our language models learn faster.", "ai_engineer"),
        ("Train language models on a cluster; evaluate the responses that the model gives.", "ai_engineer"),
        ("Help train new engineers of the team, and compare frameworks for agents.", "ai_engineer"),
    ],
)
def test_rating_model_answers_is_not_an_engineering_role(text: str, family: str) -> None:
    text = f"{text} Large language models, LLM agents and RAG; prompt engineering with LLMs, generative AI and agents."
    assert role.role_family(posting(text, "AI Software Engineer (C++)")) == family


@pytest.mark.parametrize(
    ("title", "text", "family"),
    [
        ("Director of Analytics", "You are the leader of a small team of data scientists.", "data_scientist"),
        ("Director of Analytics", "You work with product, finance and data scientists.", "data_analyst"),
        ("Senior Data Analyst", "You join a team of data scientists.", "data_analyst"),
    ],
)
def test_a_manager_of_data_scientists_is_in_their_family(title: str, text: str, family: str) -> None:
    assert role.role_family(posting(text, title)) == family


@pytest.mark.parametrize(
    ("title", "text", "family"),
    [
        ("Member of Technical Staff, Search", "Research novel methods; publish at ICML. A PhD helps.", "ml_researcher"),
        ("Member of Technical Staff, Search", "Beside researchers you build our index in Rust.", "software_engineer"),
        ("Member of Technical Staff - Backend Engineer", "Novel research; publish at ICML. PhD.", "software_engineer"),
    ],
)
def test_technical_staff_without_an_occupation_is_classified_by_whether_it_does_research(
    title: str, text: str, family: str
) -> None:
    assert role.role_family(posting(text, title)) == family


def test_a_data_scientist_whose_text_is_all_about_language_models_is_an_ai_engineer() -> None:
    applied = "Build agents and chatbots with LLMs, RAG, prompts, LangChain, OpenAI, guardrails and a vector database. "
    assert role.role_family(posting(applied, "Senior Data Scientist")) == "ai_engineer"
    trained = (
        applied + "Train neural networks in PyTorch and TensorFlow, with scikit-learn, XGBoost, JAX, CUDA and numpy."
    )
    assert role.role_family(posting(trained, "Senior Data Scientist")) == "data_scientist"


def test_an_analyst_of_another_field_is_a_data_analyst_if_the_text_is_full_of_data_work() -> None:
    text = "SQL, dashboards in Tableau, A/B tests, ad-hoc reports, KPIs and Python."
    assert role.role_family(posting(text, "CRM Analyst")) == "data_analyst"
    assert role.role_family(posting("SQL and reporting are a plus.", "Credit Analyst")) == "other"


def test_a_reliability_engineer_stays_one_however_much_ai_the_text_mentions() -> None:
    text = "LLM serving, agents, prompts, RAG, Claude, GPT, evals and guardrails. " * 5
    assert role.role_family(posting(text, "Staff Software Engineer, AI Reliability")) == "software_engineer"


def test_an_ml_engineer_who_only_builds_on_llms_is_an_ai_engineer() -> None:
    text = "Build agents with LangChain, RAG, prompts, OpenAI and Anthropic models, vector databases."
    assert role.role_family(posting(text, "Machine Learning Engineer")) == "ai_engineer"


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Machine Learning Engineer", "unspecified"),
        ("Senior Machine Learning Engineer", "senior"),
        ("Sr. Staff Engineer", "staff"),
        ("Member of Technical Staff", "unspecified"),
        ("Founding Engineer", "unspecified"),
        ("Senior/Staff Engineer", "multiple"),
        ("Data Scientist (Mid/Senior)", "multiple"),
        ("Data Engineer II", "mid"),
        ("Account Executive, Mid-Enterprise (East)", "unspecified"),
        ("Software Engineer III", "senior"),
        ("Software Development Engineer-I (Search)", "junior"),
        ("Software Engineer, New Grad", "junior"),
        ("Internship Program Manager", "unspecified"),
        ("Co-op Coordinator", "unspecified"),
        ("Data Science Internship Program 2026", "intern"),
        ("Student Worker - Analytics", "intern"),
        ("Apprentissage - Ingénieur IA", "intern"),
        ("Ingénieur Apprentissage Automatique", "unspecified"),
        ("Associate Data Scientist", "junior"),
        ("Junior-Entwickler", "junior"),
        ("Lead Data Scientist", "lead"),
        ("Lead Generation Specialist", "unspecified"),
        ("Rug Salesperson & Team Lead Track", "unspecified"),
        ("Principal Applied Scientist", "principal"),
        ("Solution Architect", "unspecified"),
        ("Engineering Manager, ML Platform", "manager"),
        ("Product Manager - AI", "unspecified"),
        ("Teamleiter Data Science (m/w/d)", "manager"),
        ("Head of Data", "executive"),
        ("VP of Engineering", "executive"),
        ("Senior AI Engineer, Vice President", "senior"),
        ("Chief of Staff", "unspecified"),
        ("Machine Learning Intern", "intern"),
        ("Werkstudent Data Science", "intern"),
        ("Student Data Analyst", "unspecified"),
        ("Director of Student Data Systems", "executive"),
        ("Founding Engineer | Stage: Seed", "unspecified"),
        ("Software Engineer - Stage Lighting Systems", "unspecified"),
        ("Early Stage Engineer", "unspecified"),
        ("Premier Field Engineer (PFE)", "unspecified"),
        ("Stage - Data Scientist", "intern"),
        ("Praktikant KI (m/w/d)", "intern"),
        ("Associate Deep Learning Engineer", "junior"),
        ("Associate Director, Data", "executive"),
        ("Principal Marketing Analytics Manager", "principal"),
        ("Lead Quality Engineer", "lead"),
        ("Lead Generative AI Engineer", "lead"),
        ("Product Operations Leads", "lead"),
        ("Chef de projet IA", "unspecified"),
        ("Responsable Data", "manager"),
        ("Leiter Data Science (m/w/d)", "executive"),
        ("SMTS - Data Platform", "senior"),
        ("LMTS, Search", "lead"),
        ("PMTS - Machine Learning", "principal"),
        ("CTO’s Office - AI Engineer", "unspecified"),
        ("CTO", "executive"),
        ("Python Developer - Assistant Vice President", "unspecified"),
        ("Vice President, Platform", "executive"),
        ("Technical lead manager, platform", "manager"),
        ("Engineering Lead (Manager), Search", "manager"),
        ("Retail - Senior Manager - Shoes", "manager"),
        ("Executive Assistant to the CEO", "unspecified"),
        ("Office of the CEO, Founder's Associate", "unspecified"),
        ("Co-Founder, CEO", "executive"),
        ("Operations Specialist, Lead Optimization", "unspecified"),
        ("Inventory Control Specialist I", "junior"),
        ("Associate Solutions Architect", "junior"),
        ("Sales Associate", "unspecified"),
        ("Senior Product Manager", "senior"),
        ("Manager of Solutions Architecture", "manager"),
        ("Manager in Training", "unspecified"),
        ("Staff Licensed Pharmacist", "unspecified"),
        ("Tier II III Support Engineer", "unspecified"),
        ("Senior Tier 3 Support Engineer", "senior"),
        ("Principal Engineer, Team Lead - Data Platform", "principal"),
        ("Senior Engineer, Staff Engineer", "multiple"),
        ("Associate General Counsel", "unspecified"),
        ("Associate Counsel", "junior"),
        ("Associate Dean of Engineering", "unspecified"),
        ("Assistant to the Chief Executive Officer", "unspecified"),
        ("Senior Executive Assistant to the VP of Sales", "senior"),
        ("Executive Assistant (CTO)", "unspecified"),
        ("Assistant to the Head of Engineering", "unspecified"),
        ("Software Engineer, Office of the Chief Technology Officer", "unspecified"),
        ("Director, Office of the Chief Technology Officer", "executive"),
        ("Machine Learning Intern Lead", "intern"),
        ("Internship Program Lead", "lead"),
        ("Internships and Apprenticeships Lead", "lead"),
        ("Apprenticeship Lead", "lead"),
        ("Data Engineer Internship Director's Office", "intern"),
        ("Data Analyst Intern, Manager's Office", "intern"),
        ("Data Engineer, Director's Office", "unspecified"),
        ("Data Engineer, Office of the Director", "unspecified"),
        ("Data Scientist Pleno Emprego", "unspecified"),
        ("Assistenz des Bereichsleiters (m/w/d)", "unspecified"),
    ],
)
def test_seniority_of_a_title(title: str, level: str) -> None:
    assert seniority.seniority(posting(title=title)) == level


def test_a_fellow_is_of_a_high_grade_unless_the_text_offers_a_fellowship() -> None:
    assert seniority.seniority(posting("You set the direction.", "Engineering Fellow")) == "principal"
    assert seniority.seniority(posting("Our Fellowship is for students.", "Engineering Fellow")) == "unspecified"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Experience-level: Mid-level", "mid"),
        ("Career level: Junior", "junior"),
        ("**Position: Senior** Ruby Botanist", "senior"),
        ("Position: Senior or junior gardener", "unspecified"),
        ("Experience level: Senior/Staff", "multiple"),
        ("Role: Lead the garden", "unspecified"),
    ],
)
def test_a_label_states_the_level(text: str, level: str) -> None:
    assert seniority.seniority(posting(text, "Gardener")) == level


def test_an_engineering_student_is_an_intern_but_not_who_advises_one() -> None:
    assert seniority.seniority(posting("", "Engineering Student - 6 Months")) == "intern"
    assert seniority.seniority(posting("", "Engineering Student Success Adviser")) == "unspecified"


def test_a_text_that_repeats_its_title_may_add_the_level() -> None:
    text = "Senior Data Engineer\nYou feed our warehouse."
    assert seniority.seniority(posting(text, "Data Engineer")) == "senior"
    assert seniority.seniority(posting("Executive Assistant to the CEO", "Executive Assistant")) == "unspecified"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("As our next Senior Software Engineer, you will own the pipeline.", "senior"),
        ("This is a senior-level role.", "senior"),
        ("You bring 10+ years of experience.", "unspecified"),
        ("You will work with senior engineers and report to the lead.", "unspecified"),
        ("We hire from mid-level to staff for this role.", "multiple"),
        ("You track the portfolio on multiple levels.", "unspecified"),
        ("We hire engineers at multiple levels.", "multiple"),
        ("We are primarily hiring at senior level.", "senior"),
        ("We're in search of a Senior Platform Engineer with deep expertise.", "senior"),
        ("7 years of work, including time as a Senior Engagement Manager at a consultancy.", "unspecified"),
        ("We are looking for early career engineers.", "junior"),
        ("Join Acme as Senior Solution Architect.", "senior"),
        ("We're seeking an AI Engineering Lead to build agents.", "lead"),
        ("We're seeking a warm lead for our sales.", "unspecified"),
        ("5 days off after 2 years of seniority (10 in total)", "unspecified"),
        ("We are seeking an experienced and highly motivated Principal Computer Vision Engineer.", "principal"),
        ("The Senior Digital Engineer designs and runs our platform.", "senior"),
        ("The senior engineers will help you.", "unspecified"),
        ("Wir suchen eine:n Senior Data Engineer zur Verstärkung.", "senior"),
        ("Nous recherchons un Data Engineer Senior.", "senior"),
        ("Nous sommes à la recherche d’un profil junior.", "junior"),
    ],
)
def test_without_a_marker_the_text_must_state_the_level_explicitly(text: str, level: str) -> None:
    assert seniority.seniority(posting(text)) == level


@pytest.mark.parametrize(
    ("location", "text", "expected"),
    [
        ("Remote - US", "", "remote"),
        ("San Francisco; Remote", "", "remote"),
        ("Berlin (Hybrid)", "", "hybrid"),
        ("Berlin", "", "unspecified"),
        ("Berlin", "You will be in the office 3 days a week.", "hybrid"),
        ("Berlin", "We work in the office Tuesday through Thursday.", "hybrid"),
        ("Berlin", "The role is remote, with option for hybrid in Leeds.", "remote"),
        ("Berlin", "This position will work from home, with some travel to the office.", "remote"),
        ("Berlin", "Free breakfast for office-based employees", "unspecified"),
        ("Berlin", "You come into our office on Mondays and Fridays.", "hybrid"),
        ("Berlin", "Expect to be in the office at least 60% of the time.", "hybrid"),
        ("Berlin", "We are in the office Monday to Friday.", "onsite"),
        ("Berlin", "We work from our office four days per week.", "onsite"),
        ("Berlin", "Willingness to work in person at our office 4-5 days a week", "onsite"),
        ("Berlin", "This is a fully remote position.", "remote"),
        ("Berlin", "#LI-Hybrid", "hybrid"),
        ("Berlin", "This role is based in our office and we work in person.", "onsite"),
        ("Berlin", "All roles are in person, in SF.", "onsite"),
        ("Berlin", "The final interview takes place on-site.", "unspecified"),
        ("Berlin", "You build hybrid search and hybrid retrieval.", "unspecified"),
        ("Berlin", "Companies build hybrid teams of people and agents.", "unspecified"),
        ("Berlin", "Our sensors watch remote areas.", "unspecified"),
        ("Berlin", "In-office lunches and snacks", "unspecified"),
        ("Berlin", "We are not open to remote candidates.", "unspecified"),
        ("München", "Hybrides Arbeitsmodell mit flexiblen Homeoffice-Regelungen", "hybrid"),
        ("München", "Du wechselst zwischen Bürotagen und Home-Office-Tagen.", "hybrid"),
        ("München", "100% Remote in ganz Deutschland", "remote"),
        ("Paris", "Poste en télétravail complet", "remote"),
        ("Paris", "2 jours de télétravail par semaine", "hybrid"),
        ("Paris", "Télétravail occasionnel", "hybrid"),
        ("Remote, Lille", "Télétravail autorisé (3 jours par semaine)", "hybrid"),
        ("Graz", "Bis zu 4 Tage pro Woche Homeoffice", "hybrid"),
        ("Graz", "Mobiles Arbeiten an bis zu 3 Tagen pro Woche", "hybrid"),
        ("Graz", "Flexible Arbeitszeiten und ein Homeoffice-Modell", "hybrid"),
        ("Graz", "Wir bieten: bis zu 60 % Homeoffice", "hybrid"),
        ("Graz", "Homeoffice bis zu 60 %", "hybrid"),
        ("Graz", "Wir arbeiten hybrid.", "hybrid"),
        ("Osaka", "Partially remote", "hybrid"),
        ("Osaka", "No remote", "onsite"),
        ("Boston", "Work schedule: Monday-Saturday (in-office Mon–Fri).", "onsite"),
        ("Boston", "The position is full-time, salaried, exempt and in-person.", "onsite"),
        ("Boston", "An office setting role with the opportunity to work remotely after the first 90 days", "onsite"),
        ("Boston", "Work from office.", "onsite"),
        ("Boston", "You will be a hybrid of product manager and engineer", "unspecified"),
        ("New York, NY", "Minimum 2 days per week in our NY HQ, max 3 days remote", "hybrid"),
        ("USA", "Acme is a remote company with hubs in Atlanta and New York.", "remote"),
        ("Cairo", "We offer flexible working hours and remote working conditions", "remote"),
        (None, "Acme Robotics - Robotics Engineer - Zurich - ONSITE - 100k CHF", "onsite"),
        (
            "New York, NY",
            "Location: Remote or hybrid (Austin)\nBenefits\nHybrid work model with access to our office",
            "remote",
        ),
        ("Austin", "Location: Remote\nWe operate a hybrid work model elsewhere.", "remote"),
        (None, "Our company is remote-first and we consider candidates across the country.", "remote"),
        ("New York", "This role supports New York-based remote work.", "remote"),
        ("New York", "You have a hybrid background of people and technical skills", "unspecified"),
        ("Lyon", "Télétravail : 100 %", "remote"),
        ("Graz", "You must be able to work in Graz full-time onsite.", "onsite"),
        ("", "Ort: remote", "remote"),
        ("Graz", "Work from home or enjoy our office by the river.", "remote"),
        ("Graz", "May telecommute.", "remote"),
        ("", "Acme | Data Scientist | Remote | US or European time zones", "remote"),
        ("EMEA", "", "remote"),
        ("Boston", "20 days of paid vacation and a nice office", "unspecified"),
        ("Berlin", "Die Arbeit findet vor Ort in Berlin statt.", "onsite"),
        ("Berlin", "This is an in-person role located in our quiet, sunny Berlin office (3-4 days/week)", "hybrid"),
        ("Remoto", "", "remote"),
        ("Berlin", "Our office-first culture (4 days/week) is lively", "onsite"),
        ("Berlin", "Office-first. Remote within first month only.", "onsite"),
        ("Berlin", "You can work remotely during your first two weeks.", "unspecified"),
        ("Berlin", "Work remotely for a maximum of 4 weeks per calendar year", "unspecified"),
        ("Berlin", "Role type: Contractor, Remote", "remote"),
        ("Berlin", "Type: Remote, Full-time", "remote"),
        ("Remote; USA", "This position is hybrid and requires working onsite 2 to 3 days per week", "hybrid"),
        ("Remote; India", "#LI-Hybrid", "hybrid"),
        ("Remote", "A mix of fully remote and hybrid roles", "remote"),
        ("Berlin", "Work from any of our hubs hybrid or remotely across Europe, depending on the role.", "unspecified"),
        ("Berlin", "We are based in Berlin but also hiring remotely for this role.", "remote"),
        ("Berlin", "You help with laptops and will be onsite in office full-time.", "onsite"),
        ("Berlin", "Tickets come from remote users or remote offices.", "unspecified"),
        ("Erfurt", "Diese Rolle verbindet Remote-Flexibilität mit Zusammenarbeit vor Ort.", "hybrid"),
        ("Berlin", "You are expected to work from our office.", "onsite"),
        ("Berlin", "We want a rare hybrid: a lawyer who writes code.", "unspecified"),
        ("Berlin", "You managed hybrid workloads across clouds.", "unspecified"),
        ("Berlin", "Remote:\nNo", "unspecified"),
        ("Berlin", "We're hiring (Remote - EU) for two teams.", "remote"),
        ("Berlin", "Our offices are hybrid offices. All positions are remote friendly.", "remote"),
        ("Remote; Seattle", "Type: Hybrid", "hybrid"),
        # A field that says "Remote" against a text that rules it out for this very job
        ("Remote", "This role is not remote; you will work in our Boston office five days a week.", "onsite"),
        ("Remote - US", "You must be in the office 3 days per week in Austin.", "hybrid"),
        ("Remote", "This is a hybrid role where we expect you to be in the office 3 days a week.", "hybrid"),
        ("remote, Pune", "Willing to work from the office 3 days a week", "hybrid"),
        ("Remote", "Location: Pune (No Remote/Hybrid please)", "onsite"),
        ("Remote", "This role cannot be performed remotely.", "onsite"),
        ("Remote", "This position is not fully remote: you must be in the office 2 days a week.", "hybrid"),
        ("Remote", "Diese Stelle ist nicht remote.", "onsite"),
        ("Remote", "If you live near an office, you must come in 2 days a week.", "remote"),
        ("Remote", "For the Boston location, we use a hybrid work model of 3 days in the office per week.", "remote"),
        ("Boston; Remote", "Our office is open 5 days a week.", "remote"),
        ("Berlin", "Based full-time and in-person in our Berlin office", "onsite"),
        ("Hamburg", "Wir bieten 100 % Homeoffice innerhalb Deutschlands.", "remote"),
        ("Hamburg", "Diese Stelle ist vollständig remote.", "remote"),
        ("Hamburg", "Du arbeitest ortsunabhängig.", "remote"),
        ("Hamburg", "Bis zu 3 Tage Homeoffice pro Woche möglich.", "hybrid"),
        ("Hamburg", "Du arbeitest zwei Tage pro Woche bei uns im Büro.", "hybrid"),
        ("Hamburg", "Präsenz im Büro an fünf Tagen pro Woche", "onsite"),
        ("Lyon", "Télétravail jusqu'à 3 jours par semaine", "hybrid"),
        ("Lyon", "Le poste est entièrement en télétravail.", "remote"),
        ("Lyon", "Travail 100 % à distance", "remote"),
        ("Lyon", "Présence au bureau 3 jours par semaine", "hybrid"),
        ("Berlin", "This is an office-based role.\nWe offer hybrid working arrangements.", "onsite"),
        ("Berlin", "This job is fully remote, with the flexibility to work from home.", "remote"),
        ("Manila", "This is a work-from-home setup.", "remote"),
        ("Berlin", "We spend at least half (50%) of our time each quarter in the office.", "hybrid"),
        ("Berlin, 3x/week in office", "", "hybrid"),
        ("Berlin, on-site + part remote", "", "hybrid"),
        ("Berlin (2 days remote, 3 days on-site)", "", "hybrid"),
        ("Berlin on-site (designers can be remote)", "", "onsite"),
        ("Berlin", "All positions are fully remote in the countries below unless we say otherwise.", "remote"),
        ("Berlin", "Sit with us in Mitte or remotely", "remote"),
        ("Berlin", "Contract (full-time), remote", "remote"),
        ("Berlin", "We prefer people in Berlin but are open to exceptional remote talent.", "remote"),
        ("Berlin", "You will work out of our Mitte office 4 days per week.", "onsite"),
        ("Berlin", "You alternate between days in the office and remote work.", "hybrid"),
        ("Berlin", "Our teams collaborate in person.", "onsite"),
        ("Berlin", "Join us at our loft (in-person only).", "onsite"),
        ("Berlin", "Monday and Thursday are our in-office days.", "hybrid"),
        ("Berlin", "Most of our team works remotely: your desk at home or one of our lofts.", "remote"),
        ("Berlin", "A remote arrangement is not considered for this job.", "onsite"),
        ("Berlin", "Remote not possible. Office in Berlin.", "onsite"),
        ("Berlin", "Finalists come to a remote or onsite workshop.", "unspecified"),
        ("Berlin", "You have worked with globally distributed teams.", "unspecified"),
        ("Berlin", "We give you a remote workspace stipend.", "unspecified"),
        ("Berlin", "In-office lunch on 5 days per week", "unspecified"),
        ("Berlin", "Remote-first company. We hold in-person working sessions and meetups.", "remote"),
        ("Pune [TELECOMMUTE]", "We like hybrid work.", "remote"),
        ("Berlin", "We're hybrid, with 4 days in the office.", "hybrid"),
        ("Berlin", "We're hybrid, with 5 days in the office.", "onsite"),
        ("Berlin", "You will work out of our (sunny) canal-based office 3+ days a week.", "hybrid"),
        ("Berlin", "This is an in-person position at our Mitte loft, 3+ days a week in the office.", "hybrid"),
        ("Berlin", "This role combines remote flexibility with on-site collaboration.", "hybrid"),
        ("Berlin", "Our “blended working” model means home, clubhouse or client.", "hybrid"),
        ("Berlin", "You come in on Mondays if your role is hybrid.", "unspecified"),
        ("Berlin", "You run the office (even if hybrid).", "unspecified"),
        ("Osaka", "No pay range - Partially remote - 2+ years", "hybrid"),
        ("Osaka", "No pay range - No remote - 3+ years", "onsite"),
        ("Berlin", "Engineering / Full time / On-site apply for this job", "onsite"),
        ("Berlin", "Engineering / Employee / Hybrid apply for this job", "hybrid"),
        ("USA", "The role may be remote.", "remote"),
        (
            "Berlin",
            "Our people are flexible, from the office to fully remote, depending on the requirements of their role.",
            "unspecified",
        ),
        ("Berlin", "You are available to work from our canal office.", "onsite"),
        ("Berlin", "This is a full-time opportunity based in our Berlin HQ.", "onsite"),
        ("Berlin", "Acme is a bank based in our Berlin HQ.", "unspecified"),
        ("Berlin", "Stealth startup | 5 days onsite", "onsite"),
        ("Berlin", "This hybrid role bridges the gap between research and engineering.", "unspecified"),
        ("Berlin", "This is a hybrid, generalist role that blends design and delivery.", "unspecified"),
        ("US - Remote", "This is a hybrid role requiring in-office work three days per week.", "hybrid"),
        ("US - Remote", "This is a hybrid role that combines sales and support.", "remote"),
        ("Berlin", "Commitment: 5-6 days in-person", "onsite"),
        ("Berlin", "In person", "onsite"),
        ("Berlin", "Onsite required.", "onsite"),
        ("Berlin", "Employment Type: Full-time and on-site", "onsite"),
        ("Berlin", "Type: Onsite", "onsite"),
        ("Berlin", "You may switch between office days and home office days.", "hybrid"),
        ("Berlin", "Join us for a 12-week hybrid internship.", "hybrid"),
        ("Berlin", "The role will be remote.", "remote"),
        ("Berlin", "Places: Berlin, Hamburg [Remote]", "remote"),
        ("Berlin", "#BI-Remote", "remote"),
        ("Berlin", "Your work is performed remotely.", "remote"),
        ("Berlin", "In office full-time with like-minded people", "onsite"),
        ("Berlin", "We're almost always in-person.", "onsite"),
        ("Berlin", "You are expected to come in, in a hybrid capacity.", "hybrid"),
        ("Berlin", "You have worked in a hybrid capacity of chef and pilot.", "unspecified"),
        ("Berlin", "This is a remote, freelance contractor position.", "remote"),
        ("Berlin", "The job is in our HQ or eligible for remote.", "remote"),
        ("Berlin", "This is not a remote or hybrid role.", "onsite"),
        ("Lyon", "Nous travaillons à distance.", "remote"),
        ("Berlin", "Homeoffice möglich", "hybrid"),
        ("Berlin", "100 % vor Ort", "onsite"),
        ("Berlin", "You are in the office every day.", "onsite"),
        ("Dallas, TX", "This position requires office presence of a minimum of 5 days per week.", "onsite"),
        ("Dallas, TX", "Office attendance of at least 3 days a week is expected.", "hybrid"),
        ("Seattle, WA", "You must be able to commute to our Seattle office 2-3 days a week.", "hybrid"),
        ("London", "This role requires you to work from our London HQ three times a week.", "hybrid"),
        ("Zürich", "You work from our office in Zürich at least 60% of the time.", "hybrid"),
        (None, "We work flexibly, with a minimum of two office days each week.", "hybrid"),
        ("Austin, TX", "You will be in office Tuesday, Wednesday and Thursday.", "hybrid"),
        ("Eindhoven", "- Option to partially work from home", "hybrid"),
        ("Denver, CO", "Telework up to 3 days per week is permitted.", "hybrid"),
        ("Frisco, TX", "Full Time\nOn-site\nUSD 116,100 per year", "onsite"),
        ("New York, NY", "You work ~60 hrs/week in person with the rest of us.", "onsite"),
        (
            "United States",
            "Hybrid workplace with fully remote flexibility for many roles.\nAs this is a remote position, pay varies.",
            "remote",
        ),
        ("Canada", "Work hybrid in Montreal or Toronto, or be remote in the Eastern time zone.", "remote"),
        (None, "This is a hybrid or remote position.", "remote"),
        (None, "This role can be performed from anywhere in the US.", "remote"),
        (None, "Roles outside of our Denver office can sit in any of the following 32 states.", "remote"),
        (None, "We welcome remote candidates in European time zones.", "remote"),
        (None, "Primarily remote with quarterly travel to our headquarters.", "remote"),
        # Times a week, shares of the time, weekdays
        ("Berlin", "In office 2-3x per week", "hybrid"),
        ("Berlin", "Onsite 4x/week", "onsite"),
        ("Berlin", "In-person team lunches 2x per week", "unspecified"),
        ("Berlin", "60% in-office", "hybrid"),
        ("Berlin", "Office attendance: 40%", "hybrid"),
        ("Berlin", "Präsenzanteil 40 %", "hybrid"),
        ("Lyon", "Présentiel 60 %", "hybrid"),
        ("Lyon", "3 j/semaine en présentiel", "hybrid"),
        ("Berlin", "25% onsite at customers", "unspecified"),
        ("Berlin", "Travel: 50% on-site with clients", "unspecified"),
        ("Berlin", "Min. 3 days onsite", "hybrid"),
        ("Berlin", "Interviews: 1 day onsite", "unspecified"),
        ("Berlin", "Tuesday to Thursday in the office", "hybrid"),
        ("Berlin", "In office Tue-Thu", "hybrid"),
        ("Berlin", "Office days: Tue/Wed/Thu", "hybrid"),
        ("Berlin", "On-site Monday to Friday", "onsite"),
        ("Berlin", "We are on-site first.", "onsite"),
        ("Berlin", "On-site only", "onsite"),
        ("Berlin", "100 % Präsenz", "onsite"),
        ("Berlin", "Präsenz in Berlin an 2 Tagen/Woche", "hybrid"),
        ("Berlin", "Homeoffice: ja", "hybrid"),
        ("Berlin", "Our online presence grows; Präsenz im Netz", "unspecified"),
        ("Berlin", "Anchor days: Tuesday and Thursday", "hybrid"),
        ("Berlin", "You live nearby and come to the office daily.", "onsite"),
        ("Berlin", "Vor-Ort-Tätigkeit", "onsite"),
        ("Berlin", "Vor-Ort-Termine beim Kunden", "unspecified"),
    ],
)
def test_workplace(location: str | None, text: str, expected: str) -> None:
    assert workplace.workplace(posting(text, location=location)) == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Data Engineer", "This is a full-time position.", "full_time"),
        ("Data Engineer", "Employment type: Full-time", "full_time"),
        (
            "Data Engineer",
            "The base pay range for this full-time position is $1; you may be eligible for a bonus.",
            "full_time",
        ),
        ("Data Engineer", "Acme GmbH - Data Engineer - Graz, Austria - Full-time", "full_time"),
        ("Data Engineer", "Full-time (40 hours/week) | for up to six years", "full_time"),
        ("Data Engineer", "Benefits\nFree fruit\nArbeitszeitmodell:\nVollzeit / Unbefristet", "full_time"),
        ("Data Engineer", "Job Type: Co-op", "internship"),
        ("Data Engineer", "W2 Contract", "contract"),
        ("Data Engineer", "$85 - $95/hr, W2 contract, 12 months", "contract"),
        ("Data Engineer", "We have flexible options, including part time work.", "unspecified"),
        ("Data Engineer", "This is a 2-year term, with the possibility of renewal.", "temporary"),
        ("Data Engineer", "We match 401k for full-time employees.", "unspecified"),
        ("Data Engineer", "Healthcare for all full-time team members", "unspecified"),
        ("Data Engineer", "You will write smart contracts and negotiate contracts.", "unspecified"),
        ("Data Engineer (Contract)", "", "contract"),
        ("Data Engineer", "This is a 6-month contract role.", "contract"),
        ("Data Engineer", "A contract position that may convert to full-time", "contract"),
        ("Data Intern", "", "internship"),
        ("Data Engineer", "Part-time position, 20 hours", "part_time"),
        ("Werkstudent Data Science", "", "part_time"),
        ("Premier Field Engineer (PFE)", "", "unspecified"),
        ("Early Stage Engineer", "", "unspecified"),
        ("Data Engineer (m/w/d) Vollzeit", "", "full_time"),
        ("Data Engineer", "Unbefristete Festanstellung in Vollzeit", "full_time"),
        ("Data Engineer", "Die Stelle ist in Teilzeit zu besetzen.", "part_time"),
        ("Data Engineer", "Teilzeit (50 %)", "part_time"),
        ("Data Engineer", "Contract 12 months", "contract"),
        ("Data Engineer", "We seek a full-time engineer. This is an independent contractor role.", "contract"),
        ("Data Engineer", "Fixed term project contract", "temporary"),
        ("Data Engineer", "Full-Time, Non-Exempt", "full_time"),
        ("Data Engineer", "Appointments are for one year, with the possibility of renewal.", "temporary"),
        ("Data Engineer", "$160,000 - $210,000 + equity + benefits · Full-time", "full_time"),
        ("Data Engineer", "Type de contrat : CDI", "unspecified"),
        ("Data Engineer", "Contrat à durée déterminée de 12 mois", "temporary"),
        ("Stage - Data Scientist", "", "internship"),
        ("Acme | Engineer | NYC | Full-time", "", "full_time"),
        ("Data Engineer", "The role: Contractor, 1099", "contract"),
        ("Data Engineer", "Prior experience at an agency or as a freelancer is a plus", "unspecified"),
        ("Data Engineer", "Type: Full-time (contract-to-hire possible)", "full_time"),
        ("Data Engineer", "Role: Full-time", "full_time"),
        ("Data Engineer", "Job type: Full-time or part-time available", "full_time"),
        ("Data Engineer", "We are looking for a skilled, full-time data lover.", "full_time"),
        ("Data Engineer", "You keep a part-time schedule in the evenings.", "part_time"),
        ("Data Engineer", "Temps plein", "full_time"),
        ("Data Engineer", "Contrat : CDD de 6 mois", "temporary"),
        ("Data Engineer", "Mission freelance de 6 mois renouvelable", "contract"),
        ("Data Scientist", "Stage de fin d'études de 6 mois", "internship"),
        ("Data Engineer", "Die Stelle ist auf zwei Jahre befristet.", "temporary"),
        ("Data Engineer", "Auf freiberuflicher Basis", "contract"),
        ("Data Engineer", "Wir suchen dich in Vollzeit oder Teilzeit", "full_time"),
        ("Data Engineer", "Full-Time (Remote)", "full_time"),
        ("Data Engineer", "Data Engineer - (Hybrid, Full-Time)", "full_time"),
        ("Data Engineer", "Acme | Part-time, Hybrid | $75/hour", "part_time"),
        ("Data Engineer", "This opportunity is full-time and well paid.", "full_time"),
        ("Acme | Data Engineer | Acme is an independent provider", "", "unspecified"),
        ("Acme | Data Engineer | Contract or full-time", "", "full_time"),
        ("Acme | Data Engineer | Contract, full-time hours", "", "contract"),
        ("Data Engineer", "Contract (full-time), remote", "contract"),
        ("Linguist", "Join Acme as a freelance Basque linguist!", "contract"),
        ("Tutor", "This is a five-month provisional position (temporary employment).", "temporary"),
        ("Data Engineer", "Job Types: Part-time", "part_time"),
        ("Data Engineer", "Fixed Term Contract (as International Contractor)", "contract"),
        ("Paralegal, Contract Management", "", "unspecified"),
        ("Data Engineer (12 Month FTC)", "", "temporary"),
        ("Data Engineer", "It starts as a 12-month FTC.", "temporary"),
        ("Data Engineer", "We are hiring a fluent, PART-TIME engineer.", "part_time"),
        ("Data Engineer", "We are hiring a full-time or part-time engineer.", "unspecified"),
        ("Data Engineer", "$80k/year - Remote - Part-time → full-time path", "part_time"),
        ("Data Engineer", "Type: month to month contract", "contract"),
        ("Data Engineer", "Please note that this is a 1099 role.", "contract"),
        ("Data Engineer", "Part-time: ~15 hours/week", "part_time"),
        ("Data Engineer", "Part-time: 15 hours/week (full-time option also available)", "unspecified"),
        ("Data Engineer", "Part-time: 15 hours/week, or 37 hours/week FT", "unspecified"),
        ("Data Engineer", "Part-time: 30+ hours/week", "unspecified"),
        ("Data Engineer", "Data Engineer (Part-Time) – Graz", "part_time"),
        ("Data Engineer", "Acme is seeking Dutch freelance linguists.", "contract"),
        ("Data Engineer", "You will lead freelance linguists.", "unspecified"),
        ("Data Engineer", "The role is freelance to start.", "contract"),
        ("Data Engineer", "Background of working alone or as a freelancer", "unspecified"),
        ("Data Engineer", "Acme is looking for our first full time product leader.", "full_time"),
        ("Data Engineer", "Acme is seeking a full-time Staff Platform Engineer.", "full_time"),
        ("Data Engineer", "Acme is seeking food for its full-time staff.", "unspecified"),
        ("Data Engineer", "Benefits\nAs a full-time employee of Acme, you will be eligible for fruit.", "full_time"),
        ("Data Engineer", "Benefits\nFruit for those who work as a full-time employee of Acme.", "unspecified"),
        ("Data Engineer", "Job type: Full time / contract to hire", "full_time"),
        ("Nurse", "Part-time hours available, Monday to Friday", "part_time"),
        ("Nurse", "Flexible day shifts, Full-time", "full_time"),
        ("Data Engineer", "You'll be our first full-time data hire.", "full_time"),
        ("Data Engineer", "As a full-time member of our data team, you build models.", "full_time"),
        ("Fellow", "The best residents are awarded full-time positions at Acme.", "unspecified"),
        ("Acme | Staff Engineer | Acme writes apps, helping contractors plan", "", "unspecified"),
        ("Engineer", "Hiring 4 full-time Rust engineers for our compiler.", "full_time"),
        ("Data Engineer - CDI", "Contrat : CDI", "unspecified"),
        ("Data Engineer (unbefristet)", "", "unspecified"),
        ("Data Engineer (befristet)", "", "temporary"),
        ("Data Engineer - CDD 12 mois", "", "temporary"),
        ("Data Engineer - Alternance", "", "internship"),
        ("Apprentice Data Engineer", "", "internship"),
        ("Intern Recruiter", "", "unspecified"),
        ("Machine Learning Co-op (Fall)", "", "internship"),
        ("Data Engineer", "CDI ou CDD", "unspecified"),
        ("Data Engineer", "CDI - Temps plein", "full_time"),
        ("Data Engineer", "Poste à pourvoir en CDD", "temporary"),
        ("Data Engineer", "Nous proposons un CDD de six mois", "temporary"),
        ("Data Engineer", "Une expérience en CDD", "unspecified"),
        ("Data Engineer", "Mission d'intérim", "temporary"),
        ("Data Engineer (intérim)", "", "temporary"),
        ("Data Engineer", "Type de contrat : intérim", "temporary"),
        ("Data Engineer", "Zeitarbeit", "temporary"),
        ("Data Engineer", "Anstellung über Zeitarbeit", "temporary"),
        ("Data Engineer", "Keine Zeitarbeit, sondern Direktanstellung", "unspecified"),
        ("Data Engineer", "Erfahrung in der Zeitarbeit", "unspecified"),
        ("Data Engineer", "Die Stelle ist zunächst befristet.", "temporary"),
        ("Data Engineer", "Befristung: 2 Jahre", "temporary"),
        ("Data Engineer", "Unbefristet", "unspecified"),
        ("Data Engineer", "Maternity cover", "temporary"),
        ("Data Engineer", "Die Stelle ist ein Minijob.", "part_time"),
        ("Data Engineer", "450-Euro-Job", "part_time"),
        ("Data Engineer", "Arbeitszeit: Teilzeit", "part_time"),
        ("Data Engineer", "Wir suchen eine Teilzeitkraft.", "part_time"),
        ("Data Engineer", "Temps partiel", "part_time"),
        ("Data Engineer (Voll- oder Teilzeit)", "", "full_time"),
        ("Data Engineer (Full-time or part-time)", "", "full_time"),
        ("Data Engineer", "Vollzeitstelle", "full_time"),
        ("Data Engineer", "Wir suchen einen Werkstudenten.", "part_time"),
        ("Data Engineer", "Als Werkstudentin arbeitest du 20 Stunden.", "part_time"),
        ("Data Engineer", "We are looking for a working student.", "part_time"),
        ("Data Engineer", "Erfahrung als Werkstudent oder Praktikant", "unspecified"),
        ("Data Engineer", "Contrat en alternance", "internship"),
        ("Data Engineer", "Nous recherchons un alternant.", "internship"),
        ("Data Engineer", "Première expérience en alternance ou en stage", "unspecified"),
        ("Data Engineer", "Type de contrat : Stage", "internship"),
        ("Data Engineer (stage)", "", "internship"),
        ("Data Engineer", "Nous proposons un stage de six mois.", "internship"),
        ("Stage Manager", "Stage: Series B", "unspecified"),
        ("Data Engineer", "Wir suchen einen Praktikanten.", "internship"),
        ("Data Engineer", "6-month internship", "internship"),
        ("Data Engineer", "First experience, such as an internship", "unspecified"),
        ("Data Engineer", "Contrat : freelance", "contract"),
        ("Data Engineer", "Freelance", "contract"),
        ("Data Engineer", "Als Freelancer arbeitest du remote.", "contract"),
        ("Data Engineer", "Pas de freelance", "unspecified"),
        ("Frontend Engineer | Full time or Full time contract", "", "full_time"),
        ("Engineer", "Full-time reporting to the VP of Engineering", "full_time"),
        ("Engineer", "Salaries for part-time roles will be prorated by the hours worked.", "unspecified"),
    ],
)
def test_employment_type(title: str, text: str, expected: str) -> None:
    assert employment.employment_type(posting(text, title)) == expected


# Two or three days from home are hybrid. One leaves four in the office, which the labels call onsite; so does
# "4 days in the office". The employer's own word "hybrid" outranks that.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You work one day a week from home.", "onsite"),
        ("Ein Tag pro Woche im Homeoffice", "onsite"),
        ("Un jour de télétravail par semaine", "onsite"),
        ("Four days in the office, one day from home", "onsite"),
        ("4 days in the office a week", "onsite"),
        ("Hybrid: one day a week from home", "hybrid"),
        ("Two days a week from home", "hybrid"),
        ("2-3 days from home per week", "hybrid"),
        ("Home office 2 days a week", "hybrid"),
        ("Remote work: 2 days per week", "hybrid"),
        ("Zwei Tage pro Woche im Homeoffice", "hybrid"),
        ("Ein bis zwei Tage Homeoffice", "hybrid"),
        ("Du kannst bis zu 3 Tage die Woche mobil arbeiten.", "hybrid"),
        ("Télétravail : 3j/semaine", "hybrid"),
        ("Three days in the office, two days at home", "hybrid"),
        ("Einmal pro Woche im Büro", "hybrid"),
        ("Un jour par semaine au bureau", "hybrid"),
        ("Five days a week from home", "remote"),
        ("Remote, 2 days in the office", "hybrid"),
        ("10 remote days per year", "unspecified"),
        ("A workshop of 1-2 days, remote", "unspecified"),
        ("Remote work up to 1 day per week", "onsite"),
        ("Up to 1 day from home per week", "onsite"),
        ("Hybrid: remote work up to 1 day per week", "hybrid"),
        ("Remote up to 3 days a week", "hybrid"),
        ("You can work remotely 2 days a week", "hybrid"),
        ("Remote work (2 days/week)", "hybrid"),
        # A short week is not days at home.
        ("Fully remote, 2 days per week", "remote"),
        ("4 days a week remote position", "remote"),
        ("Remote, 4 days a week", "remote"),
    ],
)
def test_days_at_home_leave_days_in_the_office(text: str, expected: str) -> None:
    assert workplace.workplace(posting(text, location="Berlin")) == expected


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("Remote, 4 days/week", "remote"),
        ("Remote (3 days/week, part-time)", "remote"),
        ("Berlin (2 days remote)", "hybrid"),
        ("Munich, up to 2 days remote", "hybrid"),
    ],
)
def test_days_in_a_location_are_at_home_only_where_it_says_so(location: str, expected: str) -> None:
    assert workplace.workplace(posting(location=location)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "This position is not eligible for remote work.",
        "Remote work is not possible for this role.",
        "No remote work for any position",
        "This role is ineligible for remote work.",
        "This position cannot be performed remotely.",
        "This is a non-remote position.",
        "Remote working is not permitted.",
        "Location: remote not possible",
        "Remote: no",
        "We do not do remote.",
        "Kein Remote.",
        "Kein Homeoffice",
        "Remote ist nicht möglich.",
        "Keine Homeoffice-Möglichkeit.",
        "Pas de télétravail possible.",
        "Pas de télétravail",
        "Télétravail non autorisé",
    ],
)
def test_a_job_without_remote_work_is_on_site(text: str) -> None:
    assert workplace.workplace(posting(text)) == "onsite"
    assert workplace.workplace(posting("", "Engineer, " + text)) == "onsite"


@pytest.mark.parametrize(
    "text",
    [
        "Remote candidates will not be considered.",
        "This is not an on-site role.",
        "This is not a fully remote position.",
        "Kein 100 % Remote",
        "No remote interviews",
        "Remote is not possible for interns.",
        "We don't offer remote work for sales, but engineers are remote.",
        "Not available for remote work until after the 3-month trial.",
        "Candidates who cannot work remotely are welcome.",
        "No remote work unless agreed",
        "Kein Homeoffice während der Probezeit",
        "Our customers work without remote access.",
    ],
)
def test_what_is_ruled_out_in_part_says_nothing(text: str) -> None:
    assert workplace.workplace(posting(text)) == "unspecified"


@pytest.mark.parametrize(
    "text",
    [
        "Not just a remote job, but a remote company.",
        "This is a fully remote position, not eligible for remote work outside the US.",
        "No remote work outside the EU. This role is fully remote.",
        "This role does not require travel and is fully remote.",
        "This is not a hybrid role; it is fully remote.",
    ],
)
def test_remote_work_that_is_ruled_out_elsewhere_only_is_offered(text: str) -> None:
    assert workplace.workplace(posting(text)) == "remote"


@pytest.mark.parametrize(
    "text",
    [
        "This position cannot be performed remotely outside the US.",
        "This role can't be performed remotely from California.",
        "This job cannot be done remotely from outside Canada; work from anywhere within Canada.",
        "This position is not remote in Alaska.",
        "This is not a remote role within the EU.",
        "Remote work is not available for this role in New York.",
        "Remote work is not available for this position until March.",
        "Diese Stelle ist nicht remote in Südtirol möglich.",
        "Ce poste n'est pas ouvert au télétravail depuis l'étranger.",
        "This is a fully remote role. You must attend a 5 days a week bootcamp in our office in the first month.",
        "This role is remote. You will work with a team that is in the office 3 days per week.",
    ],
)
def test_remote_work_that_is_ruled_out_for_a_place_or_a_time_stays_remote(text: str) -> None:
    assert workplace.workplace(posting(text, location="Remote - US")) == "remote"


@pytest.mark.parametrize(
    "text",
    [
        "This role cannot be performed remotely in this department.",
        "This position is not remote for security reasons.",
        "Remote work is not available for this role.",
        "Diese Stelle ist nicht remote.",
        "Ce poste n'est pas ouvert au télétravail.",
    ],
)
def test_remote_work_that_is_ruled_out_for_the_job_overrules_the_location(text: str) -> None:
    assert workplace.workplace(posting(text, location="Remote - US")) == "onsite"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Telecommuting is an option.", "remote"),
        ("Telecommuting is not an option.", "onsite"),
        ("Location: Perth, Australia / Remote Working", "remote"),
        ("Apply from Peru, as remote working is available.", "remote"),
        ("Part time and remote considered", "remote"),
        ("Acme | Gardeners | FULLTIME, ONSITE, REMOTE, VISA", "remote"),
        (
            "This is a fully remote role. Our offices have room for in-person work, in-office teams and visits.",
            "remote",
        ),
        ("A hybrid-friendly culture", "hybrid"),
        ("A liberal work-from-home policy", "hybrid"),
        ("Part-remote is fine with us.", "hybrid"),
        ("This job is on-site only, so please don't apply if you wish to work remotely.", "onsite"),
        ("Please do not apply if you want to work remotely.", "unspecified"),
    ],
)
def test_a_workplace_said_in_passing(text: str, expected: str) -> None:
    assert workplace.workplace(posting(text, location="Berlin")) == expected


@pytest.mark.parametrize(
    "text",
    [
        # Nobody has to
        "You don't need to come to the office every day.",
        "We do not expect you to commute to the office daily.",
        "There is no requirement to be in the office every day.",
        "Nobody has to come to the office every day.",
        "You don't need to be in the office five days a week.",
        "On-site work is not required.",
        "On-site presence is not mandatory.",
        "No on-site requirement",
        "Coming to the office daily is optional.",
        "Keine Vor-Ort-Präsenz erforderlich",
        "Keine tägliche Anwesenheit im Büro erforderlich",
        "Eine Vor-Ort-Präsenz ist nicht nötig.",
        "Du musst nicht täglich im Büro sein.",
        "Niemand muss täglich ins Büro.",
        "Pas de présentiel obligatoire",
        "Le présentiel n'est pas requis.",
        "Vous n'êtes pas obligé de venir 5 jours au bureau.",
        # Who likes may
        "You are free to come to the office every day.",
        "You can work from our office every day.",
        "Team members come to the office daily or work from home.",
        "We pay for your ticket if you come to the office daily.",
        "Commuter benefits for those who come to the office every day",
        "Du kannst jeden Tag ins Büro kommen.",
        # What there is
        "Bring your dog to the office every day.",
        "Lunch is delivered to the office daily.",
        "Fresh fruit in our office every day",
        "A free shuttle takes you to the office every day.",
        "Daily in the office: breakfast and tea",
        "Every day in our office you'll find fresh fruit.",
        "Täglich frisches Obst im Büro",
        "Bring deinen Hund jeden Tag mit ins Büro.",
        "Chiens acceptés au bureau 5 jours sur 7",
        # Where others are
        "Our sales colleagues are in the office every day.",
        "Our warehouse staff work on-site.",
        "Our customers work on-site in quarries.",
        "You help gardeners who work in-person.",
        "Der Vertrieb arbeitet vor Ort.",
        "Nos commerciaux travaillent 100 % sur site.",
        # What is done first, or only to a part
        "On-site first aid training",
        "In-person-first onboarding",
        "In-person first weeks",
        "In-person workshops",
        "In-person attendance is required at our fair.",
        "Nearly 60% in-person attendance at our conference",
        "10% in person events",
        "About 30% in-person workshops with partners",
        "Roughly 10% on-site work at hospitals",
        "Une conférence annuelle à 60 % en présentiel",
        "Une réunion en présentiel",
    ],
)
def test_an_office_in_which_nobody_must_be_is_no_workplace(text: str) -> None:
    assert workplace.workplace(posting(text, location="Berlin")) == "unspecified"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are in the office every day, with free lunch.", "onsite"),
        ("Free lunch every day, and we work on-site in Oslo", "onsite"),
        ("We love our dogs and work in the office every day.", "onsite"),
        ("Fruits et café au bureau, poste 100 % sur site", "onsite"),
        ("You do not need a car to come to the office every day.", "onsite"),
        ("No experience needed, but you must come to the office daily.", "onsite"),
        ("Sponsorship is not required for this on-site role.", "onsite"),
        ("You can expect to be in the office every day.", "onsite"),
        ("Apply only if you can come to the office every day.", "onsite"),
        ("Only apply if you can come to the office every day.", "onsite"),
        ("You support our customers and work on-site.", "onsite"),
        ("Our gardeners are in the office every day.", "onsite"),
        ("Mit frischem Kaffee arbeitest du täglich im Büro.", "onsite"),
        ("An on-site-first company", "onsite"),
        ("In-person attendance is required.", "onsite"),
        ("You are not required to be in the office more than 2 days a week.", "hybrid"),
        ("60% in-office", "hybrid"),
    ],
)
def test_perks_and_what_is_not_demanded_leave_the_demand_beside_them(text: str, expected: str) -> None:
    assert workplace.workplace(posting(text, location="Berlin")) == expected


@pytest.mark.parametrize(
    ("title", "location", "expected"),
    [
        ("Engineer (Gardens, Home-based)", "Peru", "remote"),
        ("Engineer of Home-Based Gardens", "Peru", "unspecified"),
        ("Behavior Technician (Home-Based)", "Peru", "unspecified"),
        ("Acme Worldwide Gardens Internship", "Peru", "unspecified"),
        ("Engineer (Worldwide)", "Peru", "remote"),
        ("Engineer", "Cape Town (remote 4 days a week)", "hybrid"),
        ("Engineer", "Cape Town (remote, 4 days a week)", "remote"),
    ],
)
def test_a_workplace_in_the_title_or_the_location(title: str, location: str, expected: str) -> None:
    assert workplace.workplace(posting("", title, location)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Part-time roles are not available.",
        "Part-time work is not possible.",
        "We do not offer part-time positions.",
        "No part-time positions, please.",
        "Teilzeit ist nicht möglich.",
        "This is not a contract role.",
        "We don't accept freelance or contract roles.",
        "Contract roles are not considered.",
        "Not a temporary position.",
        "This is not a full-time role.",
    ],
)
def test_an_employment_type_that_is_ruled_out_is_not_the_jobs(text: str) -> None:
    assert employment.employment_type(posting(text)) == "unspecified"
    assert employment.employment_type(posting("This is a seasonal position.\n" + text)) == "temporary"


@pytest.mark.parametrize(
    "text",
    [
        "CDD ou CDI",
        "Poste en CDI ou CDD possible",
        "Poste en CDD puis CDI",
        "Type de contrat : CDD ou CDI",
        "CDI, Lyon | CDD ou CDI | Data",
        "Experience in a contract role",
        "Teilzeit möglich",
        "Die Stelle ist auch in Teilzeit möglich.",
        "Temps partiel possible",
    ],
)
def test_an_alternative_or_an_option_is_not_the_type(text: str) -> None:
    assert employment.employment_type(posting(text)) == "unspecified"


@pytest.mark.parametrize("title", ["Ingénieur (CDD ou CDI)", "Engineer, Teilzeit möglich"])
def test_an_alternative_or_an_option_in_the_title_is_not_the_type(title: str) -> None:
    assert employment.employment_type(posting("", title)) == "unspecified"


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Worker type: temporary", "temporary"),
        ("Classification: contract", "contract"),
        ("Engagement: internship", "internship"),
        ("Time type: part-time", "part_time"),
        ("Anstellungsart: Teilzeit", "part_time"),
    ],
)
def test_every_label_introduces_every_type(label: str, kind: str) -> None:
    assert employment.employment_type(posting(label)) == kind


def test_an_employment_type_beside_one_that_is_ruled_out_counts() -> None:
    assert employment.employment_type(posting("This is a full-time role, no contractors.")) == "full_time"
    assert employment.employment_type(posting("Not full-time, but a part-time role.")) == "part_time"
    assert employment.employment_type(posting("", "Pilot (full-time, no contractors)")) == "full_time"
    assert employment.employment_type(posting("Contract role. You are not offered health insurance.")) == "contract"


def test_distributed_systems_are_not_a_workplace() -> None:
    text = "You are excited to work 5 days a week in our Oslo HQ."
    assert workplace.workplace(posting(text, "Software Engineer (Distributed Systems)", "Oslo")) == "onsite"


def test_remote_work_stated_for_the_role_outranks_remote_work_among_the_benefits() -> None:
    html = "<h3>About the role</h3><p>This is an on-site role.</p><h3>Benefits</h3><p>Flexible hybrid working</p>"
    assert workplace.workplace(read_document("Technician", "London", html=html)) == "onsite"


def test_an_explicit_full_time_statement_counts_even_among_the_benefits() -> None:
    text = "What we offer\nThis is a full-time position for 40 hours."
    assert employment.employment_type(posting(text)) == "full_time"


def test_a_full_time_salaried_position_is_stated_outright_among_the_benefits() -> None:
    text = "<h3>Benefits</h3><ul><li>Enjoy fruit in this full-time, salaried position.</li></ul>"
    assert employment.employment_type(read_document("Data Engineer", None, text)) == "full_time"


def test_full_time_mentioned_only_in_the_benefits_does_not_count() -> None:
    document = read_document("Engineer", None, html="<h3>Benefits</h3><ul><li>Full-time</li><li>Health care</li></ul>")
    assert employment.employment_type(document) == "unspecified"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bachelor's degree in Computer Science or a related field", "bachelor"),
        ("BS/MS/PhD in a technical field", "bachelor"),
        ("Bachelor's degree or equivalent experience", "bachelor"),
        ("Master's degree in Machine Learning", "master"),
        ("MS or PhD in Computer Science", "master"),
        ("PhD in Machine Learning required", "phd"),
        ("A PhD is a plus", "unspecified"),
        ("Bachelor's degree preferred", "unspecified"),
        ("Bachelor's degree required, Master's preferred", "bachelor"),
        ("B. S. or M.S. in a quantitative field, such as Statistics", "bachelor"),
        ("M. S. in Statistics. We raised our Series B.", "master"),
        ("We look for candidates located east of MS, TN, KY, IN and MI.", "unspecified"),
        ("MS, PhD or equivalent in Physics", "master"),
        ("Bachelor's degree, ideally in Computer Science", "bachelor"),
        ("Bachelor's degree in engineering (Master's preferred)", "bachelor"),
        ("5+ years of experience or PhD with 2+ years", "unspecified"),
        ("4+ years of industry experience or a PhD.", "unspecified"),
        ("3-5 years of experience (or 2+ years with a PhD)", "unspecified"),
        ("8+ years as a data scientist (or 6+ years with a relevant Ph.D. degree)", "unspecified"),
        ("A PhD may substitute for 3 years of experience.", "unspecified"),
        ("8 years of experience or 5 years with a Master's", "unspecified"),
        ("Mindestens 3 Jahre Berufserfahrung oder eine abgeschlossene Promotion", "unspecified"),
        ("Au moins 5 ans d'expérience ou un doctorat", "unspecified"),
        ("5+ years of experience with Python or R and a PhD in Computer Science", "phd"),
        ("5+ years of experience and a Master's or PhD", "master"),
        ("MS with 5+ years of experience or PhD", "master"),
        ("No degree required", "none"),
        ("Our founding team met as PhDs at university", "unspecified"),
        ("Scrum Master certification", "unspecified"),
        ("A high degree of autonomy", "unspecified"),
        ("B.Tech in Computer Science", "bachelor"),
        ("Abgeschlossenes Studium der Informatik", "bachelor"),
        ("Diplôme d'ingénieur ou Bac+5 en informatique", "master"),
        ("Promotion in Physik von Vorteil", "unspecified"),
        ("Promotion in maschinellem Lernen oder Statistik", "phd"),
        ("Doctorat en apprentissage automatique", "phd"),
        ("Bachelor's degree; preferred", "unspecified"),
        ("Multi-target tracking with Kalman and PHD filters", "unspecified"),
        ("An engineer's background, with a CS degree or equivalent experience", "bachelor"),
        ("We do not require any formal experience, certifications, or degrees", "none"),
        ("We do not hire in these states: ME, MS, NM, OK", "unspecified"),
        ("We live by our values: no BS, feedback, healthy ego", "unspecified"),
        ("Our brand is intelligent, low-bs, authentic", "unspecified"),
        ("A PhD or M.S. and 2+ years of work", "master"),
        ("Graduation from an accredited four-year college or university", "bachelor"),
        ("Abgeschlossenes Masterstudium der Informatik", "master"),
        ("Enrolled as an undergraduate or graduate student", "bachelor"),
        ("De formation bac +4/5, vous programmez", "master"),
        ("Engineering or MBA degree", "bachelor"),
        ("A background in statistics (Master's degree or preferably a PhD)", "master"),
        ("High school diploma (a Bachelor's degree is a plus)", "unspecified"),
        ("Abgeschlossenes Studium (Master/Diplom)", "master"),
        ("You supervise bachelor’s and master’s theses.", "unspecified"),
        ("Experience in research, in academia (through PhD) or in industry", "unspecified"),
        ("An M.S. or Ph.D. degree in Operations Research", "master"),
        ("B.S. or M.S. in Statistics", "bachelor"),
        ("No specific degree or background required", "none"),
        ("We are a small team composed of PhD graduates", "unspecified"),
        ("Abschluss in Informatik oder eine vergleichbare Qualifikation", "bachelor"),
        ("Ein Studienabschluss ist nicht erforderlich.", "none"),
        ("Aucun diplôme requis", "none"),
        ("Titulaire d'un doctorat en informatique", "phd"),
        ("Master of Business Administration (MBA) degree required", "master"),
        ("Bachelor's degree in Physics (preferred, but not required).", "unspecified"),
        ("Degree (or equivalent expertise) in Physics", "bachelor"),
        ("See aka.ms/about for the rest", "unspecified"),
        ("Master-level proficiency in Golang", "unspecified"),
        ("7+ years in the field, which may include your PhD degree", "unspecified"),
        ("A Ph.D. or MSc. in Physics is preferred", "unspecified"),
        ("Weekly supervision from a doctorate-level analyst", "unspecified"),
        ("People who graduate with a major in Physics", "bachelor"),
        ("Prefer a technical degree", "unspecified"),
        ("Our ideal candidate holds a bachelor's degree in Physics", "bachelor"),
        ("The ideal background is a bachelor's degree in Physics", "unspecified"),
        ("3+ years of Android development (or with a PhD)", "unspecified"),
        ("High school diploma or equivalent required", "none"),
        ("High school diploma (a bachelor's degree is a plus)", "unspecified"),
        ("High school diploma or GED.\nBachelor's degree in Physics required.", "bachelor"),
        ("Jackson, MS or remote", "unspecified"),
        ("Gulfport, MS / Remote", "unspecified"),
        ("Offices in Tupelo, MS, or Mobile, AL", "unspecified"),
        ("BS, MS or equivalent experience in Physics", "bachelor"),
        ("MS or PhD in Physics", "master"),
        ("BS, MS or remote sensing PhD", "bachelor"),
        ("Supervise PhD candidates", "unspecified"),
        ("You advise Master's and PhD students in physics", "unspecified"),
        ("Work with PhD researchers from the institute", "unspecified"),
        ("Supervise PhD candidates; a Master's degree in Physics is required", "master"),
        ("You hold a PhD and supervise Master's students", "phd"),
        ("PhD candidate in Physics", "phd"),
        # An associate degree or training is below a bachelor's, and the labels have no value for it.
        ("Associate degree required", "unspecified"),
        ("Associate’s Degree in Physics required; Bachelor’s Degree preferred", "unspecified"),
        ("Associate degree or Bachelor's degree", "unspecified"),
        ("Associate's or Bachelor's degree in IT", "unspecified"),
        ("Bachelor's degree, or Associate's degree with 4 years of experience", "unspecified"),
        ("Associate Director with a Bachelor's degree", "bachelor"),
        ("University degree or college diploma", "unspecified"),
        ("Abgeschlossene Berufsausbildung oder Studium", "unspecified"),
        ("Studium oder Ausbildung im IT-Bereich", "unspecified"),
        ("Abgeschlossenes Studium der Physik oder eine vergleichbare Ausbildung", "bachelor"),
        ("De formation Bac+2 à Bac+5", "unspecified"),
        ("High school diploma or general education degree (GED) required", "none"),
        ("Kein Hochschulabschluss erforderlich", "none"),
        ("Diplôme non requis", "none"),
        ("No degree? No problem.", "none"),
        ("Degree not necessary", "none"),
        ("Master oder Promotion in Physik", "master"),
        ("Titulaire d'un master en physique", "master"),
        ("Promotion erforderlich", "phd"),
        ("PhD preferred, Master's required", "master"),
        ("Master's degree in Computer Science, RF test and DUT automation", "master"),
        ("BS in EE, BTS and RAN experience", "bachelor"),
        ("MS/PhD in EE with DUT bring-up", "master"),
        ("Bachelor's degree in Computer Science, and experience teaching at a vocational school", "bachelor"),
        ("PhD in Physics, vocational training not enough", "phd"),
        ("Bachelor's degree in CS or equivalent vocational training", "bachelor"),
        ("Licence en informatique ou formation équivalente", "bachelor"),
        ("Bachelor's degree or vocational training", "unspecified"),
        ("Vocational degree in IT, or Bachelor's degree", "unspecified"),
        ("BTS ou licence", "unspecified"),
        ("BTS, DUT ou licence en informatique", "unspecified"),
        ("Licence ou BTS", "unspecified"),
        ("Candidates should have a BSEE and 9 years with gardens.", "bachelor"),
        ("BSCS/MSCS required", "bachelor"),
        ("MSEE required", "master"),
        ("You work with our CTO (PhD, software) on gardens.", "unspecified"),
        ("Education: Botany or related degree or equivalent experience", "bachelor"),
        ("Master's degree in botany required.\nA related technical degree required (botany).", "master"),
    ],
)
def test_degree(text: str, expected: str) -> None:
    assert degree.degree_min(posting(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5+ years of experience in machine learning", (5, None)),
        ("3-5 years of experience", (3, 5)),
        ("Six to seven (6-7) years of relevant experience", (6, 7)),
        ("Between 3 and 5 years of experience", (3, 5)),
        ("5 (five) years of experience", (5, None)),
        ("Un profil qui aurait entre 2 et 3 ans d'expérience", (2, 3)),
        ("Zwischen 2 und 4 Jahren Berufserfahrung", (2, 4)),
        ("Required: -2+ years of experience with SQL", (2, None)),
        ("University assistant, 40 hours a week for up to six years", (None, None)),
        ("A degree. An additional 4 years of experience can replace it.", (None, None)),
        ("8–10+ years of experience", (8, None)),
        ("At least five years of professional experience", (5, None)),
        ("5+ years of experience with Python\n2+ years of experience with Spark", (5, None)),
        ("5+ years building data platforms or 3+ years with startup experience", (3, None)),
        ("Bachelor's with 5+ years, Master's with 3+ years, or PhD with 0 years of experience", (0, None)),
        ("8 to 12 or more years of experience in data", (8, None)),
        ("We have been in business for over 20 years", (None, None)),
        ("We have been in business for 10+ years. 3 years of experience required.", (3, None)),
        ("The company has been around for 15+ years", (None, None)),
        ("We've been building search engines for 12 years. You have 3+ years of experience.", (3, None)),
        ("Wurde vor 15 Jahren gegründet. Du hast 3 Jahre Berufserfahrung.", (3, None)),
        ("You have been programming for 5+ years", (5, None)),
        ("A PhD may substitute for 3 years of experience.", (None, None)),
        ("5+ years of Python and 3+ years of Spark, or 10 years of industry experience.", (5, None)),
        ("2+ years with Python and 1+ years with SQL or 6 years of analytics", (2, None)),
        ("3 or 4 years of experience with Python and 5 years with SQL", (5, None)),
        ("In the last 5 years we have grown", (None, None)),
        ("Equity with a 10-year exercise window and a 4 year vesting plan", (None, None)),
        ("Our one-year outlook is bright", (None, None)),
        ("2+ years of experience with Go is a plus", (None, None)),
        ("Mindestens 3 Jahre Berufserfahrung in der Softwareentwicklung", (3, None)),
        ("Mindestens dreijährige Berufserfahrung", (3, None)),
        ("1 to 3 years of professional experience\nProject contract 2 years.", (1, 3)),
        ("Appointments are for one year. You will have experience.", (None, None)),
        ("Your one year outcomes", (None, None)),
        ("3+ years of experience in management and 6+ years as an engineer", (6, None)),
        ("2 years of experience with a PhD and 5 years with a Master's degree", (2, None)),
        ("Bachelor's degree; three years’ experience credit for a Master's degree", (None, None)),
        ("Eine 2-jährige Praxis in der Datenanalyse", (2, None)),
        ("Abgeschlossene dreijährige Ausbildung als Informatiker", (None, None)),
        ("Vous avez 5 ans d'expérience en data science", (5, None)),
        ("0-1 Year of experience, freshers welcome", (0, 1)),
        ("Over 50 years of experience serving clients", (None, None)),
        ("Gratuity is paid if you were employed by the company for a minimum of 5 years", (None, None)),
        ("~5+ years of experience in AI products or consulting, with at least 2+ years of prompting", (5, None)),
        ("You have 4+ years experience in product roles - ideally with 2+ years in fintech", (4, None)),
        ("Candidates hold a 3 year university degree in engineering", (None, None)),
        ("At least 4 years of experience. Typically reflects 5 years of relevant experience", (4, None)),
        ("8 – 12 + years of data or ML experience, with 3 + years in search", (8, None)),
        ("Seit über 20 Jahren entwickeln wir Software", (None, None)),
        ("Depuis 10 ans, nous accompagnons nos clients", (None, None)),
        ("Vous justifiez d'au moins trois ans d'expérience", (3, None)),
        ("4-7 years of experience in delivery preferably at a bank", (4, 7)),
        ("2-3 years prior experience in sales is a plus, but not required", (None, None)),
        ("Experience 3+ years Visa citizenship not required", (3, None)),
        ("At least 2 years; our team has 20 years of experience together.", (2, None)),
        ("At least 2 years. Our founding team brings more than 15 years of experience.", (2, None)),
        ("3 years of experience, we have 12 years of experience between us", (3, None)),
        ("Unser Team hat 15 Jahre Erfahrung. Mindestens 3 Jahre Berufserfahrung", (3, None)),
        ("Notre équipe cumule 15 ans d'expérience. Vous avez 5 ans d'expérience en data science", (5, None)),
        ("Our next engineer has 5 years of experience putting together pipelines", (5, None)),
        ("Three (3+) or more years of data analysis", (3, None)),
        ("Requirements5+ years of experience", (5, None)),
        ("A calm environment.5+ years of experience", (5, None)),
        ("1.5+ years of experience with Python", (1, None)),
        ("Mindestens 2,5 Jahre Erfahrung", (2, None)),
        ("Years of relevant experience: >= 3", (3, None)),
        ("7+ years of growth marketing, performance marketing or product growth", (7, None)),
        ("9 years of growth and calm", (None, None)),
        ("4–8 years investigating misconduct, fraud and other violations of the rules", (4, 8)),
        ("Have 10+ years teaching reading to children between the first and the third grade", (10, None)),
        ("5+ years as an Executive Assistant, Executive Business Partner or Chief of Staff of others", (5, None)),
        ("You have spent 5+ years working on problems", (5, None)),
        ("Our engineers spent 5+ years working on problems", (None, None)),
        ("3-5 years of combined experience in public and private accounting", (3, 5)),
        ("Acme was founded by friends with 9 years of combined experience in accounting", (None, None)),
        ("12+ years of practice at a firm or in-house with 5+ years of experience in privacy", (12, None)),
        ("Years of experience: 3 - 5", (3, 5)),
        ("Ideal candidate: 3-7 years of experience in credit", (3, 7)),
        ("Ideally 3-7 years of experience in credit", (None, None)),
        ("Option 1: Bachelor's and 3 years' experience.\nOption 2: 5 years' experience.", (3, None)),
        ("PhD in Physics plus 3-5 years of experience\nMS in Physics plus 6+ years of experience", (3, 5)),
        ("With a high school diploma: 6 years of experience\nBachelor's degree: 3 years of experience", (3, None)),
        ("MS in Physics and 3 years of experience in SQL\n5 years of experience in Python", (5, None)),
        ("Up to 5 years of experience", (None, 5)),
        ("Less than 3 years of experience", (None, 3)),
        ("No more than 3 years of experience", (None, 3)),
        ("Bis zu 3 Jahre Erfahrung", (None, 3)),
        ("Jusqu'à 3 ans d'expérience", (None, 3)),
        ("No less than 3 years of experience", (3, None)),
        ("At least 3 years of experience, and up to 7 years in the trade", (3, None)),
        ("Up to 5 years of experience in sales\n2+ years of experience in Python", (2, None)),
        ("In under three years we have gained the experience of decades", (None, None)),
        ("5+ years (BS) / 3+ years (MS)", (3, None)),
        ("BS/5+ years, MS/3+ years of experience", (3, None)),
        ("Bachelor with 5 years, Master with 3 years, PhD with 1 year", (1, None)),
        ("Minimum 5 years with a Bachelor's, 3 years with a Master's", (3, None)),
        ("5 years with a BS; 3 years with an MS", (3, None)),
        ("BS with 5 years, MS with 3 years, and 1+ years in Python", (3, None)),
        ("Bachelor's or Master's degree with 5+ years of experience, 2+ years in Python", (5, None)),
        ("2-3 year rotational program", (None, None)),
        ("2 year graduate programme", (None, None)),
        ("5+ years program management experience", (5, None)),
        ("Candidates must be 18 years or older", (None, None)),
        ("Du bist mindestens 18 Jahre alt", (None, None)),
        ("Educational qualification: 15 years full time education", (None, None)),
        ("14 years of education and 4 years of experience are required", (4, None)),
        ("Mindestalter 18 Jahre", (None, None)),
        ("Mindestalter: 18 Jahre, 3 Jahre Erfahrung", (3, None)),
        ("Être âgé de 18 ans minimum", (None, None)),
        ("Vous avez 18 ans minimum", (None, None)),
        ("Vous avez 18 ans minimum dans la vente", (18, None)),
        ("18 years of experience in banking", (18, None)),
        ("Fort de 20 ans d'expérience, notre cabinet recrute", (None, None)),
        ("Fort de 5 ans d'expérience, vous maîtrisez Python", (5, None)),
        ("Join a team with 15+ years of experience in logistics", (None, None)),
        ("We seek an engineer to join a team with 5+ years of experience", (5, None)),
        ("Our consultants have 10+ years of experience", (None, None)),
        ("Unsere Berater haben 10 Jahre Erfahrung", (None, None)),
        ("Nos experts ont 12 ans d'expérience", (None, None)),
        ("10 Jahre am Markt, 3 Jahre Erfahrung erwünscht", (3, None)),
        ("Mindestens ein Jahr Berufserfahrung", (1, None)),
        ("Erfahrung von mindestens einem Jahr", (1, None)),
        ("Eine mindestens einjährige Erfahrung", (1, None)),
        ("Un an d'expérience", (1, None)),
        ("Minimum 1 an d'expérience", (1, None)),
        ("Expérience d'au moins un an", (1, None)),
        ("At least a year of experience", (1, None)),
        ("Less than a year of experience", (None, 1)),
        ("Half a year of experience", (None, None)),
        ("In einem Jahr hast du Erfahrung gesammelt", (None, None)),
        ("Ein Jahr Elternzeitvertretung", (None, None)),
        ("We meet twice a year to share experience", (None, None)),
        ("Over a decade of experience in data", (10, None)),
        ("Half a decade of experience", (5, None)),
        ("Our team has two decades of experience", (None, None)),
        ("You learn from veterans of three search engines with 14+ years of experience", (None, None)),
        ("Minimum 3 years of experience. Equity vests over 4 years.", (3, None)),
        ("3 to 5 years' experience with ML. 10 years of company history.", (3, 5)),
        ("For a decade, Acme has been in Oslo", (None, None)),
        ("Acme has a decade of experience in fraud detection", (None, None)),
        ("You will learn from people with a decade of experience\nAt least 1 year of experience", (1, None)),
        ("Work with scientists with a decade of experience\n2 years of experience with SQL", (2, None)),
        ("You have a decade of experience in sales", (10, None)),
        ("Our ideal candidate has a decade of experience", (10, None)),
        ("Mindestens ein Jahrzehnt Erfahrung", (10, None)),
        ("With more than 20 years of experience, Acme helps banks", (None, None)),
        ("With more than 20 years of experience, we help banks", (None, None)),
        ("With more than 5 years of experience, you know Python", (5, None)),
        ("With more than 5 years of experience, the ideal candidate is curious", (5, None)),
        ("Deux ans d'expérience", (2, None)),
        ("Sieben Jahre Erfahrung", (7, None)),
        ("Dix ans d'expérience", (10, None)),
        ("Max. 3 years of experience. We like juniors.", (None, 3)),
        ("Mind. zwei Jahre Berufserfahrung", (2, None)),
        ("min. 5 Jahre", (5, None)),
        ("Env. 3 ans d'expérience", (3, None)),
        ("CDD de deux ans", (None, None)),
        ("Zwei Jahre befristet", (None, None)),
        ("Befristet auf 2 Jahre", (None, None)),
        # Colleagues', founders' and the employer's years
        ("You report to our CTO, who has 15 years of experience in vision", (None, None)),
        ("Our engineers average 8 years of experience", (None, None)),
        ("Our engineers typically have 5+ years of experience", (5, None)),
        ("Our ideal teammate has 5+ years of experience", (5, None)),
        ("Work with people who have 10+ years of experience", (None, None)),
        ("Working with managers and engineers, with 5+ years of experience in delivery", (5, None)),
        ("We are led by founders with 20 years of experience in robotics", (None, None)),
        ("Founded by a team with 15+ years of experience in ML", (None, None)),
        ("You learn from senior engineers with 12+ years of experience", (None, None)),
        ("Join founders with 10+ years of experience shipping products", (None, None)),
        ("Join us as one of our engineers with 5+ years of experience", (5, None)),
        ("An engineer to join our team of scientists with 5+ years of experience", (5, None)),
        ("A seasoned sales team (20 years in telecom)", (None, None)),
        ("An experienced engineer (5+ years)", (5, None)),
        ("We're a small team of 5 people with 15+ years of experience", (None, None)),
        ("Acme Data brings over 15 years of experience in analytics", (None, None)),
        ("The company has 15 years of experience in analytics", (None, None)),
        ("The writer has 5 years of experience in analytics", (5, None)),
        ("Candidates with 5 years of experience", (5, None)),
        ("Une équipe forte de 10 ans d'expérience vous accueille", (None, None)),
        ("Nous avons 15 ans d'expérience dans le conseil", (None, None)),
        ("Vous serez encadré par un expert ayant plus de 10 ans d'expérience", (None, None)),
        ("Vous justifiez de 4 ans d'expérience", (4, None)),
        ("Unsere Gründer bringen 20 Jahre Erfahrung mit", (None, None)),
        ("Du lernst von Kollegen mit mehr als 10 Jahren Erfahrung", (None, None)),
        ("Wir suchen Entwickler mit 5 Jahren Erfahrung", (5, None)),
        ("We've been live for only 3 years", (None, None)),
        ("In 3 years, we grew to 200 people", (None, None)),
        ("A blueprint that looks 2-3 years ahead of the experience", (None, None)),
        ("Plus de 10 ans d'expérience en vente ou conseil, avec plus de 3 ans dans un rôle de direction", (10, None)),
        ("Experience in case management: 2 years (preferred)", (None, None)),
        ("Preferred years of experience: 3", (None, None)),
        ("Two year apprenticeships in software engineering", (None, None)),
        ("5-plus years of experience", (5, None)),
        ("3yrs experience", (3, None)),
        ("5 years with a BS, 3 with an MS", (3, None)),
        ("7+ years of experience (or 5+ with a PhD)", (5, None)),
        ("Relevant experience: 5-7 years of combined legal experience", (5, 7)),
        ("We have grown 300% in 2 years", (None, None)),
        ("Our customers trust us for 12 years", (None, None)),
        ("This is a 2 year fixed-term contract", (None, None)),
        ("Residency in the UK for 5 years", (None, None)),
        ("3 years of residency in the UK", (None, None)),
        ("Nos consultants, forts de 10 ans d'expérience, vous forment", (None, None)),
        # Years in a trade, not how long something took
        ("Experience in 5+ years of software development", (5, None)),
        ("Must have experience in 3-5 years of data engineering", (3, 5)),
        ("A proven track record in 6+ years of leadership", (6, None)),
        ("Erfahrung in 3 Jahren Gartenbau", (3, None)),
        ("We built experience in 3 years of research", (None, None)),
        ("You will gain experience in 2 years of rotations", (None, None)),
        ("Nach 2 Jahren Erfahrung wirst du Gärtner", (None, None)),
        ("Après 3 ans d'expérience chez nous, vous devenez expert", (None, None)),
        # Averages: asked for, or the colleagues'
        ("Requires an average of 5 years of experience", (5, None)),
        ("You bring an average of 3-5 years of experience in sales", (3, 5)),
        ("Candidates typically average 5 years of experience", (5, None)),
        ("On average 5 years of experience required", (5, None)),
        ("Vous avez en moyenne 3 ans d'expérience", (3, None)),
        ("Une expérience moyenne de 5 ans est demandée", (5, None)),
        ("Durchschnittlich 5 Jahre Berufserfahrung erwartet", (5, None)),
        ("A team with an average of 10 years of experience", (None, None)),
        ("Average tenure of 5 years", (None, None)),
        ("Average customer relationship: 7 years", (None, None)),
        ("Our average gardener has 9 years of experience", (None, None)),
        ("Im Schnitt bringen unsere Gärtner 9 Jahre Erfahrung mit", (None, None)),
        # What is run, or in a row
        ("Infrastructure experience: 4+ years running distributed systems", (4, None)),
        ("4 years running and scaling platforms", (4, None)),
        ("Best employer 4 years running", (None, None)),
        ("A great place to work 4 years running by experience", (None, None)),
        ("Profitable 4 years running and rich in experience", (None, None)),
        # Months
        ("6 months of experience with Python", (0, None)),
        ("At least 18 months of experience", (1, None)),
        ("12–18 months of experience with SQL", (1, 2)),
        ("Minimum six months' experience in support", (0, None)),
        ("Experience: 12 months", (1, None)),
        ("Hands-on experience (12+ months) with Kafka", (1, None)),
        ("Première expérience d'au moins 18 mois", (1, None)),
        ("Mindestens 6 Monate Berufserfahrung", (0, None)),
        ("3+ years of experience, including 6 months of experience with Rust", (3, None)),
        ("You gain 6 months of hands-on experience", (None, None)),
        ("After 6 months of experience you lead a project", (None, None)),
        ("In your first 6 months experience all our teams", (None, None)),
        ("An internship of 6 months", (None, None)),
    ],
)
def test_years(text: str, expected: tuple[int | None, int | None]) -> None:
    assert experience.years(posting(text)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Must-have qualifications: a bachelor's degree in Physics.", "bachelor"),
        ("Our chef earned a bachelor's degree in Physics.", "unspecified"),
    ],
)
def test_a_degree_under_a_heading_about_the_company_counts_only_where_it_is_asked(sentence: str, expected: str) -> None:
    document = Document("Engineer", None, sentence, (Section("about", "context", 0, len(sentence)),), "en")
    assert degree.degree_min(document) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Engineer, Experienced (3-5 years)", (3, 5)),
        ("Engineer with 4+ years", (4, None)),
        ("Engineer, 2 year contract", (2, None)),
        ("Acme, 9+ years of calm | Engineer | NYC", (2, None)),
    ],
)
def test_years_in_the_title_outrank_those_of_the_text(title: str, expected: tuple[int | None, int | None]) -> None:
    assert experience.years(posting("At least 2 years of experience", title)) == expected


def test_years_that_open_a_line_about_customers_are_a_requirement() -> None:
    text = (
        "<h3>About us</h3><ul><li>10+ years in sales to Fortune 500 clients</li>"
        "<li>Founded 12 years ago, we serve Fortune 500 clients</li></ul>"
    )
    assert experience.years(read_document("Engineer", None, text)) == (10, None)


def test_the_founders_decade_is_not_the_jobs_minimum() -> None:
    text = (
        "<h3>About us</h3><p>Founded by engineers with a decade of experience at Google, Acme builds robots.</p>"
        "<h3>Requirements</h3><ul><li>3+ years of experience with Python</li></ul>"
    )
    assert experience.years(read_document("Engineer", None, text)) == (3, None)


def test_a_preference_counts_only_if_nothing_is_required() -> None:
    both = (
        "<h3>Requirements</h3><ul><li>4+ years of experience</li></ul>"
        "<h3>Nice to have</h3><ul><li>9+ years of experience</li></ul>"
    )
    assert experience.years(read_document("Engineer", None, html=both)) == (4, None)


@pytest.mark.parametrize(
    ("level", "years", "band"),
    [
        ("intern", None, "intern"),
        ("intern", 3, "intern"),
        ("junior", 5, "junior"),
        ("mid", None, "confirmed"),
        ("senior", 10, "senior"),
        ("staff", None, "staff_principal"),
        ("unspecified", 0, "junior"),
        ("unspecified", 2, "junior"),
        ("unspecified", 3, "confirmed"),
        ("unspecified", 5, "senior"),
        ("unspecified", 8, "staff_principal"),
        ("manager", 8, "staff_principal"),
        ("unspecified", None, "unspecified"),
        ("multiple", None, "unspecified"),
    ],
)
def test_experience_band(level: str, years: int | None, band: str) -> None:
    assert experience.experience_band(level, years) == band


@given(st.text(max_size=60), st.one_of(st.none(), st.text(max_size=40)), st.text(max_size=400))
def test_any_text_gives_a_label(title: str, location: str | None, text: str) -> None:
    document = posting(text, title, location)
    assert role.role_family(document)
    assert seniority.seniority(document)
    assert workplace.workplace(document)
    assert employment.employment_type(document)
    assert degree.degree_min(document)
    least, most = experience.years(document)
    assert least is None or most is None or least < most


@pytest.mark.parametrize(
    "unit", ["degree in ", "remote work office 3 days ", "5+ years of experience or ", "full-time contract "]
)
def test_a_text_of_several_megabytes_is_read_to_the_end(unit: str) -> None:
    document = posting(unit * (2_000_000 // len(unit)))
    assert workplace.workplace(document)
    assert employment.employment_type(document)
    assert degree.degree_min(document)
    assert experience.years(document)
    assert role.role_family(document)
