"""The words that identify each role family in a lower-case title. English, French, German."""

from __future__ import annotations

_LLM = (
    r"\bllms?\b|\bgen[- ]?ai\b|generative[- ]ai|\bagents?\b|\bagentic\b|prompt|\brag\b|conversational ai|"
    r"\bgpt\b|chatbot|\bcopilots?\b|\bmcp\b|langchain|langgraph|\bevals\b"
)
# What a system administrator runs; other administrators run an office.
_ADMINISTRATED = r"(?:systems?|linux|windows|server|netzwerk|network|datenbank|database|cloud|\bit)"
SOFTWARE = (
    r"software|back-?[ ]?end|front-?[ ]?end|full-?[ ]?stack|fullstack|mobile|\bios\b|android|devops|\bsre\b|"
    r"site reliability|"
    r"platform engineer|infrastructure|security engineer|\bqa\b|test engineer|sdet|cloud engineer|systems engineer|"
    r"web developer|\bdevelopers?\b|\beng\b|java\b|python|golang|\brust\b|c\+\+|kernel|compiler|firmware|embedded|"
    r"\bswe\b|"
    r"programm(?:er|eur)|\btech(?:nical)? lead\b|entwickler|développeur|softwareentwickler|network engineer|database|"
    r"blockchain|solidity|"
    r"\bengineering (?:talent|opportunit)|^(?:open|spontaneous|general) application\W+engineering\b|"
    r"engineering manager|member of technical staff|product engineer|forward[- ]deployed|solutions? architect|"
    r"(?:cyber|information|application|product|cloud|network)[- ]?security\b|\binfosec\b|\bciso\b|"
    r"security (?:operations|analyst|lead)\b|(?:director|head|vp|manager)(?: of|,|:)? security\b|"
    r"red team|penetration|reliability|release engineer|build engineer|game|graphics|\binfra\b|integration engineer|"
    r"production engineer|founding engineer|\bengineers?\b|technical co-?founder|cto\b|ingénieur|(?:software|system|"
    r"entwicklungs)[- ]?ingenieur|"
    r"web develop|\bsde\b|(?:software|cloud|application|technical|security|systems?) architect|chief technology|"
    r"programmier|systemarchitekt|architecte (?:logiciel|cloud|technique|solutions? cloud|applicatif|réseau|infra|"
    r"si\b)|lead dev\b|\bdév\b|"
    r"développement (?:logiciel|web|mobile|informatique|applicatif)|directeur technique|"
    r"chef d['’]équipe (?:de )?développement|"
    r"expert (?:cloud|devops|kubernetes|linux|java)\b|"
    r"administrateur (?:de )?(?:syst|réseau|infra|bases? de données|bdd\b|linux|unix|windows|cloud)|\bdbas?\b|testeur|"
    r"intégrateur (?:web|logiciel|d['’]application|applicati)|cybersécurité|\brssi\b|analyste soc\b|pentest|"
    r"sécurité (?:informatique|applicative|cloud|des systèmes d['’]information)|"
    r"fachinformatik|(?<!bio)informatiker|anwendungsentwick|software-?architekt|\bit-?[ ]?architekt|"
    r"cloud[- ]?architekt|"
    r"(?:cloud|netzwerk|plattform|test|robotik|security|\bit)[- ]?ingenieur|\b(?:wirtschafts)?informatik|"
    r"\bit-?[ ]?security|testautomatisier|(?:\bit|informations|"
    r"cyber)-?[ ]?sicherheit|"
    rf"{_ADMINISTRATED}[- ]?administrator|"
    r"(?:director|vp|vice president|head|lead|manager)(?: of|,| -|:)? (?:software |core |platform |product |r&d )?"
    r"engineering\b|^(?:senior |staff |global )?engineering (?:director|lead(?:er)?|head|intern|fellow)\b"
)
# Trades of software engineers that stay the same whatever the team or product is about.
FRONT = r"front-?[ ]?end|full-?[ ]?stack|mobile|\bios\b|android"
STACK = (
    rf"{FRONT}|flutter|back-?[ ]?end|reliability|devops|\bsre\b|\bqa\b|"
    r"servicenow|salesforce|\bsap\b|sharepoint|power platform"
)
# French for engineers who sell, buy or teach; for those who make no software; for those who develop a market or a site.
_ENGINEERS_OF_OTHER_THINGS = (
    r"ingénieure? (?:en |de |du |des |de la |de l['’]|d['’])?(?:affaires?\b|commercial|technico|avant-vente|achats?\b|"
    r"études? de prix|brevets?\b|pédagogi|"
    r"(?!.*\b(?:data|données|logiciel\w*|machine learning|ia|applicati\w+|informatique|web)\b)(?:mécani|"
    r"qualité|méthodes?\b|procédé|process\b|génie |électri|électrotech|électron|"
    r"travaux|structure|maintenance|cvc\b|sûreté|hydraul|environnement|chimi|(?:q?hse|vrd)\b|matériaux|thermi|fluides|"
    r"béton|bâtiment|géotech|acousti|optique|nucléaire|aéro|motoris|biomédical|logistique|"
    r"agronom|ferroviaire|tuyauterie|soudage|essais|instrumentation|automati(?:sm|cien)|sécurité (?:incendie|"
    r"au travail)|"
    r"bureau d['’]études|(?:d['’]études?|systèmes?) (?:mécani|électri|électron)|"
    r"projets?\b(?! (?:it|digital|numérique)\b)))|business developer"
)
_DEVELOPERS_OF_BUSINESS = (
    r"développeur (?:commercial|d['’]affaires|foncier|immobilier|de (?:projets?|marchés?|clientèle)\b|économique|"
    r"territorial|rh\b|(?:de )?projets? (?:éolien|solaire|photovolt|enr\b)|éolien|photovolt)"
)
# Trades outside the families, whose titles may also contain the families' words: "AI product manager".
OTHER_TRADES = (
    r"product manager|product owner|product lead|head of product|product design|product market|program manager|"
    r"project manage(?:r|ment)|program management|account (?:executive|manager|director)|\bsales\b(?!force| data)|"
    r"\bsuccess "
    r"engineer|"
    r"marketing(?! analytics| data| analyst| scien| (?:ops|operations) (?:&|and) analytics)|"
    r"recruit|talent (?:acq|"
    r"partner)|"
    r"customer success|customer support|support (?:specialist|engineer|representative|agent)|business development|"
    r"designer|"
    r"\bdesign lead|operations (?:lead|manager|associate|specialist)|\btutor|annotat|labell?er|data entry|writer|"
    r"editor|"
    r"counsel|attorney|paralegal|juriste|^commerciale? (?:en )?(?:cyber|informatique|logiciel|it\b)|"
    r"chargée? de communication|\bvertriebs(?:mitarbeit|beauftragt|leit|manag|ingenieur)|"
    r"accountant|accounts payable|finance|financial analyst|tax |controller|"
    r"people (?:partner|ops|operations)|human resources|\bhr\b|office manager|executive assistant|"
    r"avionics|aerodynamic|\bsuppliers?\b|help ?desk|(?<!ai )implementation engineer|"
    r"\b(?:mine|geolog\w+|highway|roadway|railway|rail|transportation|drainage|ventilation|(?:waste)?water|hydraulics?|"
    r"hydrolog\w+|wind|turbine|blasting|bridge|tunnel\w*|pavement|marine|naval|subsea|reservoir|corrosion|"
    r"commissioning|estimating|process safety|fire protection|(?<!software )maintenance|powertrain|battery|materials?|"
    r"substation|building services|mep|ceramics?|textile|agricultur\w+)"
    r"(?: (?:planning|design|operations|project|services|systems|safety))? engineer|"
    r"\bpiping|structural|building engineer|facilities|process model|propulsion|thermal|geotech|mining|"
    r"metallurg|"
    r"satellite|spacecraft|flight dynamics|payload|\bpcb\b|plasma|mechatronic|controls? (?:systems )?engineer|"
    r"biomedical|bioprocess|validation engineer|antenna|power electronics|semiconductor|silicon|"
    r"analog|nuclear|"
    r"aerospace engineer|supply chain|instructor|"
    r"mechanical|electrical|hardware engineer|manufactur|technician|civil engineer|chemical|optical|asic|"
    r"\brf\b|industrial engineer|process engineer|field engineer|"
    r"(?<!software )(?<!data )quality engineer(?!.*\b(?:automation|tests?|testing|software|qa|ai)\b)|"
    r"solutions? (?:engineer|consultant)|"
    r"(?:sales|demo) engineer|pre-?sales|solutions? architect|"
    r"\bpm intern|operations intern|chemie|fahrzeug|drill|construction|"
    r"aeronautic|\bcad\b|physical design|deployment strategist|strategist|"
    r"(?<!analytics )(?<!data science )(?<!\bdata )(?<!\bbi )(?<!statistician )"
    r"(?<!\bdwh )consultant(?! (?:big )?data| (?:power ?)?bi\b| business intelligence| dwh\b| analytics|"
    r" (?:en )?(?:informatique )?décisionnel)|"
    rf"{_DEVELOPERS_OF_BUSINESS}|\bformateur|enseignant|professeur|ma[iî]tre de conf|entraînement de données|"
    r"\bchip\b|fpga|vlsi|hvac|environmental|packaging|power systems|petroleum|welding|"
    r"(?:customer|partner) engineer|"
    rf"{_ENGINEERS_OF_OTHER_THINGS}|"
    r"biolog|biochem|protein|genom|immunolog|pharmac(?:ist|olog)|neurosci|\bcell\b|"
    r"\bfounder['’]?s['’]? associate|\bki[- ]trainer|"
    r"\bgtm\b|go-to-market|revenue operations|rev-?ops\b|evaluator|\braters?\b|data cent(?:er|re)\b(?! software)|"
    r"field service|sound engineer|business operations|"
    r"(?:equity|market|investment|clinical|policy|legal|sales|prospect)s? research|research analyst|"
    r"operations research(?! (?:scientist|engineer))|"
    r"artist|video(?! (?:software |streaming |platform |infrastructure )?engineer)|creative|content|community|"
    r"evangelist|advocate|developer relations|devrel|teacher|faculty|professor|"
    r"instructor|lecturer|nurse|therap|clinic|physician|driver|(?<!data )warehouse|plumb|chef|cook|gestionnaire|"
    r"buchhalt|"
    r"teamlead accounts|service specialist|praktikant marketing|social media|chief of staff|"
    r"transformation (?:lead|manager|director|consultant|specialist|officer|partner|office|analyst)|^(?:ai |"
    r"digital |business )?transformation\b|"
    r"general manager|partnership|procurement|compliance|risk (?:manager|analyst|officer)|business analyst|"
    r"policy|legal\b|economist|producer|researcher, user|user research|\bux\b(?!(?:/ui)? engineer)|ui designer|trainer|"
    r"sales development|marketer|(?<!engineer \()\bsdr\b|\bbdr\b|insurance|claims|underwriter|medical|assistant|"
    r"coordinator|professur|dozent|lehrbeauftragt|lehrkraft|\blehrer|produktmanage|\bsps\b|"
    r"(?:hardware|elektronik|leiterplatten)-?entwickl|entwicklungsingenieur(?:in)?(?: \([mwdfx/ ]+\))?(?: für)? "
    r"(?:elektro|mechanik|hardware|konstruktion|antrieb|maschinenbau)|"
    r"(?<!system)(?<!systems)(?<!linux)(?<!windows)(?<!server)(?<!netzwerk)(?<!network)(?<!datenbank)(?<!database)"
    r"(?<!cloud)(?<!\bit)[ -]administrator|^administrator"
)
# Order matters: "ML platform engineer" is a platform engineer, "data scientist, NLP" a data scientist.
FAMILIES: tuple[tuple[str, str], ...] = (
    (
        "software_engineer",
        r"(?<!frontier )red team|penetration test|security (?:engineer|research)|vulnerability research|"
        r"(?:ios|android|browser) researcher|software quality|\bqa\b|quality assurance (?!spec)|"
        r"\bsdet\b|(?:engineer|developer) in test|test engineer|\b(?:big )?data devops\b|"
        r"\bdevops (?:big )?data\b(?! eng| ing)|"
        r"test automation",
    ),
    (
        "mlops_engineer",
        r"(?:ml|llm)-?ops|ml ops|\bai[- ]?ops engineer|(?:ml|ai|llm|machine learning) devops|\bai cluster|"
        r"(?:ml|deep learning|machine learning) (?:runtime|performance)|machine learning op(?:s|erations)|(?:ml|"
        r"machine learning|ai|llm|model|"
        r"gpu)[- ](?:/ml )?(?:platform|infra\b|infrastructure|"
        r"training infra|inference|serving)|(?:ml|machine learning|ai)/?(?:ml)? (?:platform|infrastructure)|"
        r"(?:ml|machine learning) systems|"
        r"(?:engineer|staff|swe|sde)\b[ ,(–—-]+(?:ml |ai |llm |model )?(?:inference|serving|training infra)\b|"
        r"(?:ml|ai|machine learning|deep learning|tensor) compiler|"
        r"(?:performance|kernels?) engineer.{0,20}\b(?:ml|ai|models?|training|inference|gpus?)\b|"
        r"(?:devops|sre|reliability|cloud) engineer.{0,12}\b(?:ml|machine learning|gpu)\b|"
        r"(?:inference|training) (?:engineer|infrastructure|infra\b|"
        r"performance|"
        r"platform|optimi[sz]ation|systems?)|gpu (?:cluster|engineer|software|kernel|performance)|"
        r"platform engineer.{0,12}(?:ml|machine learning)\b|infrastructure engineer.{0,12}(?:ml|"
        r"machine learning|ai)\b|infrastructure.{0,6}(?:machine learning|\bml\b|\bai\b)|"
        r"machine learning.{0,4}(?:platform|infrastructure)|cuda|high performance computing|\bhpc\b|"
        r"software engineer.{0,30}(?:ml|machine learning|ai) (?:platform|infra)|"
        r"plateformes? (?:de )?(?:ml|ia|machine learning|apprentissage)\b|(?:ml|ki)-plattform",
    ),
    (
        "ml_researcher",
        r"(?<!operations )research scientist(?![^|]*(?:chemistry|biology|physics|materials|pharma|genomics))|"
        r"applied scien(?:tist|"
        r"ce)|"
        r"research engineer|(?<!quantitative )(?<!quant )researcher|\bai (?:\w+ )?research|ml research|"
        r"(?:director|head|vp) of research.{0,12}\b(?:ai|ml|machine learning)\b|"
        r"research fellow|research manager, (?:interpretab|alignment|reward model|pre-?training|post-?training)|"
        r"machine learning research|research intern|"
        r"(?<!data )\bscientist(?: i+)?,?(?: [-–—(])? ?(?:machine learning|ml|ai|nlp|deep|"
        r"computer)|"
        r"(?:machine learning|ml|ai|nlp|deep learning|(?:computer )?vision|speech|robotics|perception|language) "
        r"scientist|research lead|research associate|fellows program|"
        r"member of technical staff.{0,20}research|"
        r"member of technical staff,? .{0,20}(?:post-?training|pre-?training|model(?:l)?ing|multilingual|"
        r"multimodal|reasoning)|"
        r"chercheu|ing[ée]nieur (?:de |en )?recherche|chargé de recherche|\bthèse (?:cifre\b|en |-|:)|wissenschaftlich|"
        r"\bki[- ]wissenschaftler|\bforscher(?:in)?\b.{0,24}(?:\bki\b|maschinell|machine learning|\bnlp\b|vision)|"
        r"\bwissenschaftler.{0,24}(?:maschinelle|lernen|learning|\bki\b|\bnlp\b|sprachver|bildver|vision)|"
        r"\bscientifique (?:en |de l['’])?(?:apprentissage|ia\b|intelligence|vision|machine)|"
        r"forschungsingenieur|post-?doc|"
        r"(?:doctorant|doctorat|doktorand|promotionsstelle|ph\.?d\.?[ -](?:student|candidate|position|researcher|"
        r"stelle)).{0,60}"
        r"(?:learning|vision|langu|\bai\b|"
        r"(?<!, )\bia\b|\bki\b|\bnlp\b|language|apprentissage|lernen|robot|linguist|sprachver|bildver|data scien)",
    ),
    (
        "data_scientist",
        r"data[- ]?scien|decision scien|causal inference(?! engineer)|"
        r"(?:operations research|forecasting|optimi[sz]ation) scientist|"
        r"statisti(?:cian|cien)|econometrician|marketing scien|datenwissenschaft|"
        r"quantitative (?:analyst|researcher)|scientifique (?:de|des|en) données|science des données|\bquant\b(?! dev)|"
        r"statistiker",
    ),
    (
        "data_engineer",
        r"data(?:(?: ?/ ?|[ -]+(?:and|&|et) )(?:analytics|cloud))? eng|data ingénieur|analytics eng|"
        r"data(?: [a-z]+)? engineer|data platform|"
        r"data infrastructure|data warehouse|"
        r"\betl\b|data architect|data integration|data migration|"
        r"(?:head|director|vp|vice president)(?: of|,) data(?:$| [-–—(|])|^(?:senior |staff )?data lead\b|"
        r"(?:ingenieur|engineer|entwickler)(?:in)?(?: \([mwdfx/ ]+\))?(?: für)? daten(?:plattform|bank|pipeline)|"
        r"big data(?!-?[ ]?umfeld)|\bdwh\b|datenarchitekt|datenbank-?[ ]?(?:entwickler|spezialist)|sql[- ]entwickler|"
        r"data modell?er|plateformes? (?:de )?(?:big )?(?:data|donn)|modélisateur de donn|"
        r"ingénieur (?:d['’](?:études|intégration) )?(?:de |en |des )?(?:bases? de )?(?:donn|data)|"
        r"architecte (?:de |des )donn|développeur (?:(?:principal |senior |confirmé )?(?:de |en )donn|data\b|"
        r"talend|informatica|ssis|(?:pl/)?sql\b|spark|hadoop|etl)|"
        r"tech lead data\b|expert (?:snowflake|databricks|talend)|"
        r"dateningenieur|"
        r"(?:dbt|databricks|snowflake|spark|hadoop|elt|informatica|talend)(?: data)? (?:engineer|developer|"
        r"entwickler)|"
        r"data developer|sql developer|kafka engineer|knowledge graph|ontolog|architecte data|consultant big data|"
        r"database engineer|data pipeline|"
        r"engineer \(data(?:\)| (?:&|and) (?!ai))|software engineer.{0,20}\bdata\b(?! cent)|data[- ]?ops|"
        r"data reliability",
    ),
    (
        "data_analyst",
        r"data (?:operations? )?analyst|"
        r"business intelligence|\bbi[- ](?:analyst|developer|engineer|architect|entwickler|consultant|lead|"
        r"manager)|"
        r"analytics (?:analyst|developer|"
        r"manager|"
        r"lead|consultant)|"
        r"(?:product|growth|digital|customer|pricing|reporting|tableau|power bi|looker) (?:analyst|developer)|"
        r"analyste (?:en |de )?(?:bi|data|donn|décisionnel)|data visuali[sz]ation|(?:daten|bi)[- ]?analyst|"
        r"(?:ingénieur|développeur|consultant|chargé) (?:en )?(?:informatique )?(?:décisionnel|(?:power ?)?bi\b)|"
        r"chargé d['’](?:études?|analyses?) (?:de )?(?:statisti|data|donn)|responsable (?:reporting|bi\b|décisionnel)|"
        r"(?:analyste|développeur|spécialiste|conseiller) (?:en |d['’])intelligence d['’]affaires|"
        r"insights? analyst|\banalytics\b(?!.*(?:engineer|specialist))|"
        r"datenanalyst|"
        r"datenspezialist|datenexpert|"
        r"\b(?:tableau|power ?bi|looker|qlik\w*|bi|datenanalyse)[- ]"
        r"(?:entwickler|berater|spezialist|expert|freelancer)|"
        r"\bfreelancer(?:in)?(?: \([mwdfx/ ]+\))?(?: für)? (?:tableau|power ?bi|looker|qlik\w*|bi|datenanalyse)\b|"
        r"\b(?:mitarbeiter|fachinformatiker)(?:in)?(?: \([mwdfx/ ]+\))?(?: für| im bereich)? "
        r"daten(?:analyse|- und prozessanalyse)|"
        r"\b(?:werkstud|praktik)\w+(?: \([mwdfx/ ]+\))?(?: für| im bereich| in der)? datenanalyse|"
        r"\breporting[- ](?:entwickler|berater|spezialist)|"
        r"\b(?:consultant|berater(?:in)?|spezialist(?:in)?|expert(?:e|in)?|"
        r"referent(?:in)?)(?: \([mwdfx/ ]+\))?(?: für)? "
        r"(?:(?:power ?)?bi|tableau|business intelligence|reporting|datenanalyse)\b|"
        r"\b(?:referent|sachbearbeiter)(?:in)?(?: \([mwdfx/ ]+\))?(?: für)? statistik|"
        r"marketing (?:data )?analyst|web analyst|"
        r"\b(?:tableau|power ?bi|looker|metabase|qlik(?:view| ?sense)?) (?:specialist|expert|consultant|lead)\b|"
        r"\bspecialist \((?:tableau|power ?bi|looker|metabase|qlik(?:view| ?sense)?)\)",
    ),
    (
        "ai_engineer",
        rf"(?:{_LLM}).{{0,40}}(?:engineer|developer|architect|lead|specialist|scientist|intern|builder|entwickler|"
        rf"ing[ée]nieur|développeu)|(?:tech|technical|team|engineering) lead.{{0,40}}(?:{_LLM}|\bai\b)|"
        rf"(?:engineer|developer|architect|entwickler|ing[ée]nieur|développeu).{{0,40}}(?:{_LLM})|"
        r"\bai[ ,/-]+(?:software |application[s]? |solutions? |product |integration |automation |"
        r"full[- ]?stack |platform |implementation )*"
        r"(?:engineer|developer|builder|architect|eng\b)|applied ai|ai applications?|(?:prompt|context) engineer|"
        r"ai automation|ai enablement|ai native|"
        r"(?:engineer|developer)[^|]{0,24}\bai (?:products?|applications?|features|agents?|experience|"
        r"solutions|assistant)|"
        r"\bki[- ](?:engineer|entwickler|ingenieur)|(?:entwickler|ingenieur)(?:in)?\b.{0,20}\bki\b|\bki[- ]architekt|"
        r"\b(?:ai|ki)[- ](?:software-?)?entwickler|"
        r"\b(?:praktik|werkstud)\w+\b.{0,30}\bki\b|"
        r"(?:développeur|ingénieur)(?: senior| d['’]études)? (?:en )?(?:ia\b|intelligence artificielle)|"
        r"full[- ]?stack ai|architecte (?:en )?ia\b|"
        r"(?:head|director|vp|vice president|leiter(?:in)?|responsable)(?: of|,)? (?:ai|ki|ia)(?:$|[,(/]|"
        r" [-–—(&+]| and (?:data|engineering))(?!.*\b(?:ml|machine)\b)|"
        r"chief ai officer",
    ),
    (
        "ml_engineer",
        r"machine learning|\bml\b|\bmle\b|deep learning|computer vision|\bcv engineer|\bnlp\b|"
        r"natural language|speech|perception|\baiml\b|\bai[- &+]+ml\b|robot learning|imitation learning|"
        r"\basr\b|\btts\b|vision (?:par ordinateur|artificielle)|traitement (?:du langage|automatique d|d['’]images)|"
        r"ingénieur (?:en )?taln?\b|bildverarbeitung|"
        r"sprachverarbeitung|"
        r"vision[- ]language|\bvlms?\b|foundation models?\b|"
        r"tiny ?ml\b|recommend(?:er|ation)|ranking|\bai/ml\b|reinforcement learning|\bslam\b|autonomy engineer|"
        r"vision engineer|ingénieur (?:en )?vision\b|"
        r"computerlinguist|computational linguist|apprentissage|maschinelle[smn]? lernen|autonomes fahren|self-driving|"
        r"autonomous driving|"
        r"personali[sz]ation engineer",
    ),
    (
        "ai_engineer",
        r"\bai\b.{0,30}(?:technical lead|tech lead|engineer|engineering|developer|intern\b)|(?:engineer|"
        r"engineering|developer)\b.{0,24}\bai\b|(?:ingénieur|développeur|architecte)\b.{0,40}(?<!, )\bia\b|"
        r"\b(?:expert (?:en )?|lead )ia\b|"
        r"(?:ingénieur|développeur|architecte|expert|lead)\b.{0,40}\bintelligence artificielle\b|"
        r"\bllm\b|\bintern(?:ship)?\b\W{1,5}(?:gen)?ai\b",
    ),
)
