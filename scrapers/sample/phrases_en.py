"""English phrases of the sample postings."""

from __future__ import annotations

from scrapers.sample.phrasebook import Phrasebook, Sector

_SECTORS = {
    "ai": Sector(
        "a platform on which companies build and supervise automated assistants",
        "product teams in four hundred companies",
        ("Core Models", "Answers", "Conversation", "Builder Tools", "Applied Science"),
        ("answer quality", "questions about contracts", "long conversations", "scores for open-ended answers"),
    ),
    "fintech": Sector(
        "payments and lending for small businesses",
        "two hundred thousand shops and workshops",
        ("Fraud", "Lending", "Payments", "Pricing", "Decisioning"),
        ("card fraud", "credit decisions", "transaction matching", "late payments"),
    ),
    "health": Sector(
        "software that helps clinics plan care and read images",
        "clinicians in six hundred hospitals",
        ("Imaging", "Patient Letters", "Care Pathways", "Patient Safety"),
        ("triage of images", "summaries of doctors' letters", "prediction of readmission", "bed planning"),
    ),
    "retail": Sector(
        "a marketplace for second-hand and repaired goods",
        "nine million buyers and sellers",
        ("Search", "Offers", "Recommendations", "Pricing", "Catalogue"),
        ("product search", "ranking of offers", "duplicate listings", "price suggestions"),
    ),
    "robotics": Sector(
        "driverless carts for warehouses and farms",
        "operators at ninety sites",
        ("Sensing", "Movement", "Navigation", "Fleet"),
        ("sight in poor light", "grasping of unknown objects", "fleet routing", "avoidance of obstacles"),
    ),
    "software": Sector(
        "detection of intrusions in company networks",
        "security teams of banks and utilities",
        ("Detection", "Threat Research", "Signals", "Response"),
        ("anomalies in log streams", "phishing", "malware families", "alert fatigue"),
    ),
    "internet": Sector(
        "audio and video publishing tools",
        "forty thousand newsrooms, studios and makers",
        ("Listening", "Voices", "Content Understanding", "Advertising"),
        ("transcripts of interviews", "suggestions of what to hear next", "automatic captions", "audience forecasts"),
    ),
    "energy": Sector(
        "forecasts and control for wind, solar and storage",
        "grid operators in eleven countries",
        ("Weather", "Optimisation", "Grid", "Trading"),
        ("day-ahead forecasts", "battery scheduling", "fault detection", "demand response"),
    ),
    "mobility": Sector(
        "planning software for freight and last-mile delivery",
        "three thousand carriers",
        ("Routing", "Network Planning", "Marketplace", "Visibility"),
        ("arrival times", "route planning", "load matching", "demand forecasts"),
    ),
    "education": Sector(
        "adaptive courses for schools and workplaces",
        "five million learners",
        ("Learning Science", "Content", "Assessment", "Growth"),
        ("difficulty estimation", "feedback on essays", "course recommendations", "drop-out prediction"),
    ),
    "hardware": Sector(
        "quality inspection for factories",
        "plants that make cars, chips and food",
        ("Vision", "Process Data", "Edge", "Maintenance"),
        ("defect detection", "early signs of wear", "slow changes in a process", "visual inspection"),
    ),
    "services": Sector(
        "data projects and prediction tools for public bodies and industry",
        "clients from ministries to family businesses",
        ("Delivery", "Advisory", "Data Practice", "Public Sector"),
        ("case routing", "staffing of offices", "document search", "early warnings"),
    ),
}

_ML_DUTIES = (
    "Design, train and ship models for {problem}",
    "Own the path from a first experiment to a model that serves live traffic",
    "Make models for {problem} better, and cheaper to run",
    "Compare models offline and on live traffic, and decide on evidence",
    "Find out why a model fails, in the data as well as in the code",
    "Work with product managers to turn {problem} into a measurable task",
    "Keep models in production healthy: drift, latency, cost",
    "Collect hard cases together with people who know the field",
)

PHRASES = Phrasebook(
    headings={
        "company": ("About us", "Who we are", "ABOUT {company}", "The company", "Our story"),
        "role": ("About the role", "The role", "THE OPPORTUNITY", "Your mission", "What this is about"),
        "duties": ("Responsibilities", "What you'll do", "KEY RESPONSIBILITIES", "Your tasks", "In this role you will"),
        "required": ("Requirements", "What you bring", "QUALIFICATIONS", "About you", "You might be a fit if you have"),
        "preferred": ("Nice to have", "Bonus points", "PREFERRED QUALIFICATIONS", "It's a plus if", "Extra credit"),
        "working": ("How we work", "Working here", "HOW WE WORK", "The team", "Life at {company}"),
        "benefits": ("Benefits", "What we offer", "PERKS AND BENEFITS", "Why join us", "In return"),
        "pay": ("Compensation", "Pay range", "COMPENSATION", "Salary", "Pay transparency"),
    },
    sectors=_SECTORS,
    company=(
        "{company} builds {product}. Since {founded} we have grown with {customers}, and most of what they use every "
        "day was built by small teams that own a problem from end to end.",
        "At {company} we make {product}. {customers_start} rely on us, so we care about boring reliability as much as "
        "about new ideas.",
        "Founded in {founded}, {company} is an independent company that makes {product}. We work for {customers}.",
        "{company} makes {product}. We are a team of engineers, scientists and people who know the field, and we write "
        "things down.",
    ),
    company_facts=(
        "We are profitable, and we reinvest in tools and training.",
        "Last year we raised $45M from long-term investors, and our revenue has doubled since.",
        "Our R&D and go-to-market teams sit together, which keeps plans short.",
        "We publish an engineering blog and give time to open source.",
        "Small disagreements spark good designs here: we review plans before we write code.",
        "We react fast when customers call, and rest when the day is over.",
        "People from thirty-one countries work here, with an average of six years in the field.",
    ),
    headcount="We are a team of {people} people.",
    context=(
        "Our customers run everything from {a} to {b}, and our connectors meet them where they are.",
        "We are a certified partner of {a} and {b}.",
        "{company} works alongside the systems our clients already have, such as {a} or {b}.",
    ),
    role=(
        "We are looking for someone to join our {team} team and take on {problem}. You will work with four to seven "
        "colleagues, a product manager and people who know the field, and you will see your work used within weeks.",
        "The {team} team is responsible for {problem}. It needs another pair of hands and, above all, another mind: "
        "the simple ideas have been tried, and what remains is interesting.",
        "As part of {team} you will shape how we approach {problem}. You decide how to get there; we agree on what "
        "success looks like and measure it every week.",
        "Our customers lose more time on {problem} than on anything else. In {team} you will help to change that, from "
        "the first look at the data to a feature that thousands of people use.",
    ),
    reworded_role=(
        "Join the {team} group, where {problem} is the main subject. The group is small, its work is visible, and it "
        "ships every week.",
        "You will be part of {team}. Together with colleagues from product and operations you make {problem} better, "
        "step by step, and you can show by how much.",
    ),
    for_client="We are hiring for one of our clients, an established company of the region.",
    way_of_working=(
        "We plan in cycles of six weeks. A cycle starts with a written pitch that anybody may send in, and ends with a "
        "demonstration to the whole company. Between the two you have long stretches without meetings.",
        "Every team looks after its own service. Duty at night rotates through the team, is paid, and is quiet as a "
        "rule, because whatever wakes somebody up at night is fixed before new work starts.",
        "We value plain answers. An experiment that did not work is written up with the same care as one that did, and "
        "nobody needs to defend a number that the data do not support.",
        "Decisions are taken by those who do the work. Managers clear the way, ask questions, and make sure that good "
        "work is seen and paid for.",
        "New colleagues get a companion for the first three months, a small task that goes live in the first week, and "
        "time to read. By the end of the second month most of them own a part of the system.",
        "We keep the interview short, the feedback honest and the salaries comparable: two people who do the same work "
        "at the same level are paid the same.",
    ),
    duties={
        "ml_engineer": _ML_DUTIES,
        "mlops_engineer": (
            "Run the platform on which our teams train and serve models",
            "Shorten the way from a commit to a deployed model",
            "Build tools that show which data and code a model came from",
            "Keep accelerators busy and the bill explainable",
            "Make it safe to replace a model, and quick to go back",
            "Notice early when models, data or cost go astray",
            "Debug slow training jobs together with their owners",
        ),
        "ai_engineer": (
            "Build assistants that solve {problem} for real users",
            "Write instructions for assistants, and test them like code",
            "Collect questions that tell whether a change helped",
            "Connect assistants to our data with care for permissions",
            "Watch quality, latency and cost in production",
            "Prototype quickly with customers and harden what works",
            "Decide when a plain rule does the job better",
        ),
        "ml_researcher": (
            "Develop new methods for {problem} and prove that they work",
            "Try ideas with care and at scale, and report what did not work",
            "Read, reproduce and extend recent papers",
            "Publish where it serves the field",
            "Work with engineers to bring methods into the product",
            "Mentor interns and give internal talks",
        ),
        "data_scientist": (
            "Answer product questions with data and clear writing",
            "Plan comparisons and judge their outcome",
            "Predict {problem} and explain the prediction to people who decide",
            "Define the metrics that the team steers by",
            "Find out what causes a change, and what merely goes with it",
            "Bring analyses to the screens that people look at",
        ),
        "data_engineer": (
            "Build and run the jobs that bring in data on {problem}",
            "Model our warehouse so that analysts find what they need",
            "Make gaps in our data visible and broken data loud",
            "Move batch jobs to streaming where it pays",
            "Agree on formats with the teams that produce the data",
            "Keep storage and compute costs under control",
        ),
        "data_analyst": (
            "Build reports that the {team} team steers by",
            "Answer questions of product and finance colleagues",
            "Keep definitions of metrics consistent",
            "Prepare weekly reviews and explain what changed",
        ),
        "software_engineer": (
            "Build services and interfaces used by {customers}",
            "Design systems that stay up when parts of them fail",
            "Read the changes of colleagues and improve how we release",
            "Own features from design to operation",
            "Take your turn in looking after the service",
        ),
        "other": (
            "Plan the roadmap of {team} with engineering and design",
            "Talk with {customers} every week",
            "Prepare launches and follow up on them",
            "Keep stakeholders informed in plain words",
        ),
    },
    general_duties=(
        "Write design notes and ask for comments early",
        "Help colleagues grow through reviews and pairing",
        "Share what you learn in short talks",
        "Take part in hiring",
        "Improve our documentation as you go along",
        "Talk to users and watch them work",
    ),
    duty_with_skill=(
        "Maintain and extend our {skill} set-up",
        "Build internal tooling around {skill}",
        "Work with {skill} day to day",
        "Help the team to get more out of {skill}",
        "Prototype with {skill} and bring the results into production",
    ),
    required_with_skills=(
        "Strong {skills} skills, shown in production",
        "Hands-on experience with {skills}",
        "Proficiency in {skills}",
        "Solid working knowledge of {skills}",
        "You have built and operated systems with {skills}",
        "Deep understanding of {skills}",
        "Practical experience in {skills}",
    ),
    required_with_years=(
        "{n}+ years of relevant professional experience",
        "At least {n} years of experience in a comparable role",
        "{n} or more years building software or models that others depend on",
        "Minimum of {n} years of industry experience",
    ),
    required_with_range="{n}-{most} years of relevant professional experience",
    required=(
        "You write clearly and like to explain",
        "You are at ease with questions that have no obvious answer",
        "Good judgement on when to stop improving",
        "A habit of checking what you build",
        "Experience with working in small teams that own their service",
        "You give and take feedback kindly",
        "Fluent English; other languages are welcome",
        "A sound footing in the theory of your field",
    ),
    preferred_with_skills=(
        "Experience with {skills} is a plus",
        "Familiarity with {skills}",
        "Some exposure to {skills}",
        "Ideally you have used {skills} before",
        "Bonus: {skills}",
    ),
    preferred=(
        "Publications or talks",
        "Open-source work you are proud of",
        "Experience in our sector",
        "Experience in a young company",
        "You have mentored others",
    ),
    certification="A {skill} certification",
    degrees={
        "bachelor": (
            "Bachelor's degree in computer science, engineering or a related field, or equivalent experience",
            "BS/MS in a quantitative field",
            "BSc in computer science or similar",
        ),
        "master": (
            "Master's degree in computer science, mathematics, physics or similar",
            "MSc or higher in a technical field",
        ),
        "phd": ("PhD in machine learning, statistics or a related field", "A Ph.D. in a relevant discipline"),
    },
    workplace={
        "remote": (
            "This position is fully remote within the stated country.",
            "We are a remote-first company: work from where you live.",
        ),
        "hybrid": (
            "We work hybrid: three days a week in the {city} office.",
            "Hybrid working model, with at least 2 days per week on site in {city}.",
        ),
        "onsite": (
            "This role is on-site in {city}, five days a week.",
            "The team works in person in our {city} office.",
        ),
        "unspecified": (),
    },
    employment={
        "full_time": ("This is a full-time position.", "Full-time, permanent."),
        "contract": (
            "This is a fixed-term contract of twelve months.",
            "Contract position, six months with extension possible.",
        ),
        "internship": ("The internship lasts three to six months.",),
        "part_time": ("Part-time position, 24 hours per week.",),
        "temporary": ("Temporary position to cover parental leave, ten months.",),
    },
    benefits=(
        "Thirty days of paid leave",
        "A learning budget of 1,500 a year",
        "Health insurance for you and your family",
        "Equity for everyone",
        "Sixteen weeks of parental leave",
        "A good laptop and a proper chair",
        "Retirement plan with matching contributions",
        "Two team weeks a year",
        "Bicycle leasing and public transport ticket",
    ),
    closing=(
        "{company} is an equal opportunity employer. We decide on skill and attitude, not on age, origin, gender, "
        "faith, disability or family status. Tell us if we should adapt the interviews for you.",
        "We welcome applications from everyone. If you meet most of what is listed and want the rest, please apply: "
        "few people tick every box.",
        "How we hire: a first call, a practical exercise on a real problem, a conversation with the team. It takes "
        "about three weeks, and everybody gets an answer.",
    ),
    visa={
        "offered": ("We offer visa sponsorship for this position.",),
        "refused": ("We cannot sponsor visas for this position.",),
        "unspecified": (),
    },
    edits=(
        "Update: interviews for this position start next month, applications are read in order of arrival.",
        "Please note that we have added a second interviewer to the process and that the start date is flexible.",
    ),
    pay=(
        "The base salary range for this role is {pay}.",
        "Pay: {pay}",
        "We expect to pay {pay} for this position, depending on experience.",
        "Compensation: {pay}, plus equity and benefits.",
        "Annual base compensation for this position: {pay}.",
    ),
    on_target="On-target earnings: {pay}.",
    and_word="and",
    or_word="or",
)
