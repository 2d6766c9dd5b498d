"""Classify headings by the kind of section they open. English, French, German."""

from __future__ import annotations

import re
from functools import lru_cache

from jobmarket.extract.guarded import FirstGuarded

# Order matters: "Preferred qualifications" is preferred; "What we offer" is benefits, not a duty.
_HEADINGS: tuple[tuple[str, str], ...] = (
    (
        "preferred",
        r"nice[ -]to[ -]ha|good to have|great to have|bonus(?! plan| and|es)"
        r"|(?<!savoir )(?<!\bde )(?<!\ben )(?<!aller )(?<!apprendre )\bplus(s?es)?\b(?!-| loin| sur| d'| de | encore)"
        r"|(?<!required and )(?<!required & )(?<!required/)(?<!minimum and )preferred"
        r"|preference|ideally|desirable"
        r"|(?<!& )(?<!and )desired|extra credit|brownie|would be (great|nice|a plus)|\boptional|stand out|sets? you "
        r"apart|even better"
        r"|advantage|additional (skills|qualifications|experience|assets)|secondary skills"
        r"|we(?:'d| would) love(?! to (speak|talk|hear|meet|see))|it helps"
        r"|not required|extra points|\bshine\b|(?:icing|cherry) on"
        r"|(?:exceptional|outstanding|standout|exemplary) candidates\b"
        r"|(?:might|may|could|would)(?: you)? also (?:have|bring)"
        r"(?! (?:the |an? )?(?:opportunit|access|chance|option|responsib))"
        r"|(?:would|will|might|may) (?:also )?help$|^nice if|^(?:great|better) if"
        r"|von vorteil|wünschenswert|idealerweise|optimalerweise|(?:plus|bonus|extra)punkte?|sahneh[äa]ubchen"
        r"|noch besser,? wenn"
        r"|kann-?(?:anforderung|kriteri)"
        r"|(?:außerdem|darüber hinaus|zusätzlich) (?:wünsch|freuen)\w* wir|zusätzlich (?:auszeichne|punkte|überzeug)"
        r"|(?<!vos )(?<!tes )(?<!votre )(?<!ton )(?<!nos )\batouts?\b(?! du poste)|appréciée?s?|souhaitée?s?"
        r"|optionnel|facultati"
        r"|dans l'idéal|^idéalement|cerise sur|encore mieux|fer(?:a|ait|ont|aient) la différence"
        r"|^ce serait (?:top|super|bien|chouette)"
        r"|serait un"
        r"|wäre schön|schön(?: wäre|,? wenn)|^erwünscht|^assets?$",
    ),
    (
        "benefits",
        r"benefit|perks|(what|why) we('ll)? offer|^we offer|what (you('ll)?|you will) (get|receive|love(?! doing| to "
        r"do| working))"
        r"|why (you('ll)? )?(join|work)|why us"
        r"|what (to|you can) expect( from us)?$|take care of you|we offer$"
        r"|in it for you|our offer|rewards|time off|wellness|well-?being|work[- ]life balance"
        r"|what('s| is) on offer|what we can offer|life at"
        r"|^the good stuff|^goodies$|our promise to you"
        r"|why you(?!'re| are| might| matter)"
        r"|wir bieten|bieten wir|wir dir bieten|deine vorteile|was wir (dir |ihnen )?bieten|warum "
        r"|dein benefits|(?:wo|da)rauf (?:du dich|sie sich|kannst du|können sie|darfst du|dürfen sie)"
        r"|freuen kannst|^freu\w* (?:dich"
        r"|sie sich)"
        r"|was (?:du|sie) (?:\w+ ){0,3}erwarten (?:kannst|können|darfst|dürfen)|(?:unser|mein) angebot"
        r"|unsere leistungen|das gibt's bei uns"
        r"|(?:deine|ihre|unsere) (?:vorteile|perspektiven?)|^perspektiven?$|spricht für uns|für uns spricht|gründe für"
        r"|begeistern wir|hast du davon|überzeugen wird|lernst du bei uns"
        r"|sozialleistungen|bekommst du|du bekommst|was du (?:lernst|verdienst|davon hast"
        r"|(?:\w+ ){0,2}bekommst)|das bekommst|geboten wird|besondere an uns"
        r"|avantages|(nous|on) (vous |te |t')?(offr|propos)|pourquoi (nous|rejoindre|venir|choisir|intégrer)"
        r"|^en (nous )?rejoign|^rejoindre .{2,30} c'est|vous offre(?!z)|^les \+|nos atouts|atouts du poste"
        r"|^rejoi(?:ns|gnez)-nous$|^rejoindre (?!l'|la |le |une? |notre |nos )[\w.&' -]{2,24}$"
        r"|raisons (de|pour) (nous |vous )?(rejoindre|venir|choisir|postuler)"
        r"|conditions (de travail|d'emploi|proposées|offertes)|qualité de vie|(tu|vous) trouver(?:as|ez) chez"
        r"|nos (engagements|promesses)",
    ),
    (
        "pay",
        r"salary|compensation|pay range|pay transparency|base pay|\bpay\b|gehalt|vergütung|rémunération"
        r"|salaire|\bpackage\b",
    ),
    (
        "stack",
        r"tech(nology|nical|nologies)?[ -]?(stack|environment)|our stack|the stack|stack technique|^stack"
        r"|^(?:(?:unsere|eingesetzte|deine) )?technologien$|technologie-?stack"
        r"|^(?:das )?technische[rs]? (?:kontext|umfeld)|systemumgebung|^(?:unsere|deine) (?:tools|toolbox)\b"
        r"|technologies|(?:tools|what) we use|^tools\b|tools (?:and"
        r"|&) infrastructure|(environnement|stack) techn(olog)?ique|^outils\b|^technos?\b",
    ),
    (
        "roles",
        r"(?:open|current|available|engineering) (?:roles|positions|openings|jobs)"
        r"|^(?:roles|positions|openings|jobs)(?: currently)?(?: open| available)?$"
        r"|\b(?:we're|we are|also|currently|now|actively) hiring\b|^hiring(?: for)?$",
    ),
    (
        "requirements",
        r"requirement|require|qualification|what you('ll| will)? (bring|need|have)|who you are|you have\b"
        r"|you are\b|you're|about you|must[ -]have"
        r"|(we're|we are|are we|what we|who we|we|we'd|we would) (are )?(look|seek|search|hir|need|want|value|expect)"
        r"|we'll (?:look|expect)"
        r"|looking for|will look for|skills|love to (speak|talk) with you|hear from you if|your profile"
        r"|(ideal|great|perfect|right|strong) candidate"
        r"|(might|may|could|'ll|will|would) (be a|thrive|be|fit|excel|succeed)( \w+){0,2} (fit|match|if)"
        r"|^you(?:'ll| will| may| might| would)? (?:love|thrive|enjoy|excel)\b.* if\b"
        r"|great fit|good fit|right fit|fit if|for you if|apply if|is this you|who are you|key criteria|qualities"
        r"|^are you (?:passionate|excited|an?)\b"
        r"|^attributes"
        r"|experience|expertise|background|prerequisite|competenc|knowledge|understanding|you should (have|apply|be)"
        r"|\bprofile\b|about the (candidate|person)"
        r"|\bmust\b|non-?negotiable|minimum|basic qual|credentials"
        r"|what it takes|you bring|to succeed|to be successful|successful candidate"
        r"|your (?:toolkit|toolbox|superpowers?|strengths)|eligib"
        r"|^(?:licen[cs]es?\W{1,3}(?:(?:or|and) )?)?certifications?$"
        r"|education|proficien|about your|who (will|would)|^\W*you\W*$"
        r"|(?<!unternehmens)profil\b|anforderung|bringst du(?! dich)|bringen sie(?! sich)|qualifikation|kenntnisse"
        r"|voraussetzung|mitbring|^essential|wir suchen|wir (?:\w+ ){0,3}erwarten|erwarten wir|erwartungen"
        r"|was du(?! (?:bei uns |hier )?(?:t(?:un|ust)|machs?t|bewirk|gestalte|verantworte))|das bist du|wer du bist"
        r"|zeichnet (?:dich|sie) aus|(?:dich|sie) auszeichnet|macht (?:dich|sie) aus|(?:dich|sie) ausmacht"
        r"|(?:überzeug|begeister|punkte)s?t du|du uns (?:überzeug|begeister)st|(?:bei|mit) uns punkten"
        r"|(?<!außerdem )wünschen wir uns"
        r"|^wir wünschen|passt (?:du )?zu|passen sie zu|gefordert|fähigkeiten|kompetenzen\b|wir schätzen|brauchst"
        r"|(?:deine|ihre) (?:erfahrung|stärken|talente)|(?:dein|ihr) know-?how|bringst mit|bringen mit|nachweise der"
        r"|^über dich|^muss\b|fühlst du dich (?:sicher|wohl|zu ?hause)|kennst du dich aus|(?:solltest|musst) du können"
        r"|das kannst du$|das sind sie$|womit du überzeug|suchen wir\?|^gesucht (?:wird|werden)|^(?:berufs)?erfahrung$"
        r"|wir (?:uns )?von (?:dir|ihnen) wünschen"
        r"|hintergrund$|werdegang$|superkräfte|wissen und können"
        r"|^(?:du|sie) (?:bist|hast|kannst|verfügst|besitzt|sind|haben|verfügen|besitzen)(?: über)?$|profil recherché"
        r"|compétences"
        r"|vos qualités|prérequis|(ce que )?(nous|on) (attend|recherch|cherch)|vos atouts|ce qu'il vous faut"
        r"|pré-requis|(vous (êtes|avez)|\btu (es|as))\b(?! (en charge|chargé|responsable|amené|rattaché|intégré"
        r"|accueilli|pour "
        r"(mission|objectif|rôle)|la charge|sous|au sein|avec|à votre|à ta))"
        r"|exigences|bagage|il (te|vous|nous) (faut|faudra)|ce qu'il (te|vous) faut|fait(e|s|es)? pour"
        r"|aimer chez (vous|toi)"
        r"|reconnaisse[zs]|(?<!nos )savoir-faire|savoir-être|^critères|^(vous|toi)$"
        r"|pourquoi (vous|toi)|^diplômes?\b|aptitudes"
        r"|conditions requises|candidate?(\(e\))? (idéale?|recherchée?|type)|^(le|la|le/la) candidat"
        r"|qui (es-tu|êtes[- ]vous)|\bformation|expérience|connaissances|vous maîtrisez|(vous|tu) (apport|offre)"
        r"|parlons (un peu )?de (vous"
        r"|toi)"
        r"|^et (vous|toi|si c'était)|[àa] propos de (vous|toi)|^vos qualités|ce profil|^votre parcours",
    ),
    (
        "responsibilities",
        r"responsib|what you('ll| will| would)?( actually| be| love)? (do|be|build|own|work|tackle)|(about"
        r"|in) (the|this) (role|job|position|opportunity)|the role|your role|role (overview|summary"
        r"|description)|^role|your mission|the mission|duties"
        r"|you will|you'll|(?:day|week)[ -]to[ -](?:day|week)|a day in|job (description|summary|overview)"
        r"|the opportunity"
        r"|the job|position (overview|summary)|your impact|the impact|impact you"
        r"|scope|how you|key areas|deliverable|accountab|objectives|what we('ll)? do together"
        r"|what the job|first[ -](30|60|90|6|year|month)|typical day|why you matter|90[ -]day|role involve|tasks"
        r"|the work|the project|overview|problems|challenge|success looks|where you come in"
        r"|projects|focus areas|main activit|(?<!company )description(?! (de l'entreprise|de la société))|summary"
        r"|the position"
        r"|aufgabe|was du (?:bei uns |hier )?(?:tust|machst|bewirk|gestalte|verantworte)|tun wirst"
        r"|dich (?:bei uns |hier )?erwartet"
        r"|sie erwartet|erwartet sie|^worum (?:geht|es geht)|was sie tun|das tust du|dein tag aus"
        r"|(?:dein|ihr) (?:alltag|impact)"
        r"|kannst du bewegen|wirkungskreis|deine themen|(?:du|sie) gefragt|^das projekt|ausbildungsinhalte"
        r"|inhalte der ausbildung|^über (?:die|deine|ihre|den|diese|diesen) (?:stelle|position|rolle|tätigkeit|job)"
        r"|machst du|du machst|wirkungsbereich|wirkst du|bringst du dich ein|du dich einbringst|du bewirken"
        r"|wirst du tun"
        r"|(?:leistungs|projekt)beschreibung|darum geht|wir dich suchen|wir sie suchen|du dich beschäftigst"
        r"|ist dein job"
        r"|(?:deine|ihre) (?:\w+ )?(?:herausforderung|verantwort)|^verantwort|(?:dein|ihr) (?:beitrag|job)"
        r"|neue karriere|(?<!notre )(?<!unsere )missions?\b|responsabilités"
        r"|tätigkeit|(?:deine|die) rolle|das erwartet dich|dein job|le poste"
        r"|stellenbeschreibung|poste|quotidien|\b(?:votre|ton|son|le|du|ce)(?: futur)? rôle\b|\btâches\b|"
        r"^le travail$|\bdéfis\b"
        r"|^(vos |tes |les )?(principales )?activités"
        r"|ce que (tu|vous|nous) (fais|faites|feras|ferez|ferons|vas|allez|allons|pouvons|construi)"
        r"|[àa] propos du (job|stage)|(en charge|chargée?|responsable) d[eu']"
        r"|(vous|tu) (êtes|es) amené|^(votre |ton |le )?mandat\b|cahier des charges|(votre|ton) impact|à ce titre"
        r"|^objectifs?\b|^(le )?sujet\b"
        r"|en quoi consiste|à la recherche d|au programme|ce qui (vous|t') ?attend"
        r"|(vous|tu) (aurez|auras|serez|seras|interviend)"
        r"|^vos activités|en tant qu",
    ),
    (
        "about",
        r"^about(?! the (team|role|job))|who we are|our (mission|story|company|culture|values|vision"
        r"|history|customers|investors|commitment|dna|principles|people)|the company|company (overview"
        r"|description)"
        r"|what (?:sets|makes) (?:us|our [\w ]{2,24}) (?:apart|different|special|unique)|in the news$"
        r"|^what (?:do )?we believe|^more about (?!the (?:role|job|position|team)|you)"
        r"|^wh(?:o|at) (?:is|are) (?!this)[\w ]{2,20}\?$"
        r"|^interviews?(?:$|:| [-–—]| with\b)|^interviewing (?:\+|&|and|at)|candidate journey"
        r"|^(?:the process|le process(?:us)?|ablauf)$"
        r"|^application (?:deadline|instructions|question)|einstellungsprozess"
        r"|why .{2,20}\?|^why (?!you|we\b|us\b|this|work|join|now)[\w ]{2,20}$|who are we|^what (do )?we do\b"
        r"|^über |^wir über uns|^unsere (?:vision|mission|geschichte|kultur|werte)|interesse\?|klingt nach"
        r"|hört sich (?:gut|spannend)|(?:wie|so) geht(?:'s| es) weiter|^hinweis"
        r"|chancengleichheit|diversität|bewerbungsprozess"
        r"|savoir plus|wer wir sind|\b[àa] propos|qui sommes|^nous sommes\b|process(us)? de recrutement"
        r"|^((comment|pour) )?postuler|^pourquoi .{2,24}\?|^(notre|le) (groupe|client|société|histoire|adn|culture"
        r"|vision)\b"
        r"|^nos (valeurs|clients)|la société|^présentation d|déroulement|étapes d|égalité des chances|mentions légales"
        r"|protection des données"
        r"|candidature|informations? (complémentaires|supplémentaires)|equal (opportunit|employ)|eeo|\beoe\b"
        r"|diversity|inclusion|privacy|accommodation|(interview|hiring|application|recruit\w*"
        r"|selection) process|how (to|we) (apply|hire)"
        r"|notice|disclaimer|legal|note to|what happens next|next steps|our values|values|mission"
        r"|wer sind wir|das sind wir|^was wir (?:tun|machen)|\bkontakt(?!freud)|ansprechpartner|(?:deine|ihre"
        r"|jetzt) bewerb|^bewerb|bewirbst du|impressum"
        r"|(?<!im )\bdatenschutz|interess(?:e geweckt|iert\?)|klingt (?:gut|spannend)|neugierig(?: geworden|\?)"
        r"|noch fragen|dein weg zu uns"
        r"|rahmenbedingungen|^schlagw(?:orte|örter)$"
        r"|unternehmen|entreprise|fraud|ready to|apply|join us|backed by",
    ),
)
# Capitals often stand without their accents: "QUI ETES-VOUS ?", "COMPETENCES REQUISES".
_WITHOUT_ACCENTS = str.maketrans("éèêëàâîïôûùç", "eeeeaaiiouuc")
_KINDS = FirstGuarded([(kind, pattern.translate(_WITHOUT_ACCENTS)) for kind, pattern in _HEADINGS])
# "🚀 About us", "[What you'll do]"
_SIGNS_BEFORE = re.compile(r"^\W+")

# Before a colon, these name the employer and head nothing: "Unternehmen: Muster GmbH".
LABEL_OF_EMPLOYER = re.compile(r"(?:das )?(?:unternehmen|firma|arbeitgeber|entreprise|société)", re.IGNORECASE)

# A short line without typographic signs of a heading is one only if its words match in full.
HEADING_WORDS = re.compile(
    r"^(?:(?:key |minimum |basic |preferred |core |main |your |our |job |required |additional "
    r"|technical |desired )*(?:responsibilities|requirements|qualifications|skills|"
    r"benefits|perks|experience|duties)(?: (?:and|&) \w+)?|nice[ -]to[ -]haves?|bonus(?: points)?"
    r"|must[ -]haves?|about (?:us|you|the (?:role|job|team|company|position))|who (?:you|we) are|"
    r"what (?:you'll|you’ll|you will|we) .{2,30}|what you .{2,20}|tech(?:nical)? stack|"
    r"(?:votre|ton|le) profil|(?:vos |tes )?missions|"
    r"(?:your|our) (?:profile|story|values)|(?:bonus|brownie|extra) (?:points?|credit)(?: if(?: you(?: have)?)?| for)?|"
    r"(?:it['’]s |it is |would be )?a (?:huge |big |real )?plus if(?: you(?: have)?)?|"
    r"even better if(?: you(?: have)?)?|(?:it would be )?(?:great|nice|ideal) if(?: you(?: have)?)?|"
    r"(?:you['’]ll|you might|ways to) (?:also have|stand out.{0,16})|"
    r"you (?:are|should (?:have|apply if)|might also have)|(?:do you have )?what it takes\??|"
    r"what['’]s in it for you\??|why you['’]ll (?:love|enjoy|like) .{3,24}|(?:the )?skills you['’]ll need|"
    r"(?:salary|pay|compensation) range|(?:interview|hiring|application|recruitment) process|next steps|"
    r"tasks|package|desirable|preferred|required|essential(?: criteria| skills.{0,20})?|good to have|"
    r"(?:nice|must)[ -](?:to[ -])?have skills|(?:our|the) stack|assets|(?:les|un) plus|ce serait un plus|mission|"
    r"(?:we offer|why join us|how to apply|compensation|the role|your role|role overview"
    r"|job description|overview)|.{0,20}(?:we're|we’re|we are) looking for)$",
    re.IGNORECASE,
)

# German headings that end with a point: "Das bringst du mit.", "Diese Aufgaben erwarten dich."
WHOLE_SENTENCE = re.compile(
    r"(?:das|dies|was|diese aufgaben|darauf) (?:\w+ )?(?:erwarte[tn]|bringst|bringen|bieten|kannst|suchen|machst|tust)"
    r"(?: \w+){0,4}[.!]",
    re.IGNORECASE,
)

# "Vos principales missions", "Qualifications requises", "À propos du poste"; and, if its words are known, any line that
# opens like "Ce que vous ferez".
FRENCH_HEADING = re.compile(
    r"(?:(?:vos|tes|votre|ton|ta|nos|notre|les?|la|principale?s|future?) |l['’]|[àa] propos d(?:e |u |e l['’])){0,3}"
    r"(?:missions?|responsabilités|activités|tâches|rôle|quotidien|défis|poste|mandat|sujet|travail|profil|compétences|"
    r"qualifications|exigences|prérequis|pré-requis|formation|diplômes?|expérience|connaissances|aptitudes|bagage|"
    r"savoir-(?:faire|être)|critères|atouts|avantages|rémunération|salaire|(?:environnement|stack) \w+|stack|"
    r"technologies|technos|outils|entreprise|société|groupe|client|histoire|adn|culture|valeurs|candidate?|"
    r"descriptif|description|présentation|contenu|sommaire|objectifs?|informations|étapes|nous|vous|toi)"
    r"(?: (?:principale?s|requise?s|recherchée?s?|souhaitée?s?|attendue?s?|techniques?|idéale?|clés?|nécessaires|"
    r"exigée?s|appréciée?s|optionnelles|complémentaires|supplémentaires|proposées?|du (?:poste|candidat|stage|rôle)|"
    r"de (?:recrutement|l['’](?:entreprise|offre|équipe)|la (?:mission|société))|l['’]entreprise|au quotidien|"
    r"chez nous|"
    r"(?:et|&|/) \w+|s(?:er)?ont les suivante?s)){0,3}",
    re.IGNORECASE,
)
FRENCH_OPENING = re.compile(
    r"(?:ce qu(?:e|['’]\w+)|qui|en quoi|quel(?:le)?s? ser(?:a|ont)|pourquoi|comment|rejoindre|parlons|"
    r"(?:(?:\d|les|nos|les bonnes|\w+ bonnes|bonnes) )?raisons|conditions|process(?:us)?|modalités|déroulement|égalité|"
    r"protection|mentions|qualité de vie)(?:[ -][\w'’&/-]+){0,9} ?[?…]?"
    r"|(?:nous|on) (?:vous |te |t['’])?(?:offr|propos|recherch|cherch|attend)\w*"
    r"|(?:vous|tu) (?:êtes|es|avez|as|aurez|auras|serez|seras|apporte[sz])"
    r"(?: (?:en charge de|responsable de|amenée? à|le bon candidat si))?|il (?:te|vous) fau(?:t|dra)"
    r"|rejoi(?:ns|gnez)-nous ?!?|nous rejoindre|pour postuler|points bonus|les petits plus|dans l['’]idéal"
    r"|(?:ce )?ser(?:ait|aient) un (?:plus|atout)|un plus si|à propos|notre vision",
    re.IGNORECASE,
)

# "Ihre Fähigkeiten", "Voraussetzungen für die Einstellung"; and, if its words are known, any line that opens like "Was
# solltest du mitbringen?".
GERMAN_HEADING = re.compile(
    r"(?:(?:(?:deine?|ihre?|unsere?|fachliche|erforderliche|eingesetzte) (?:verantwort(?:ung|lichkeiten)|"
    r"herausforderung"
    r"|beitrag|job|karriere|stärken|\w*kompetenzen|kenntnisse|(?:berufs)?erfahrung(?:en)?|know-how|talente|angebot"
    r"|leistungen)|(?:(?:deine?|ihre?|unsere?|das|die|aktuelle[rs]?|fachliche|erforderliche|eingesetzte) ){0,2}"
    r"(?:aufgaben\w*"
    r"|tätigkeit(?:en|sbe\w+)|verantwortungsbereich|wirkungsbereich|\w+beschreibung|\w*profil|\w*qualifikation(?:en)?"
    r"|\w*voraussetzungen?|fähigkeiten|erwartungen|(?:muss|kann)-(?:anforderungen|kriterien)|vorteile|perspektiven?"
    r"|sozialleistungen|rahmenbedingungen|(?:bonus|plus)punkte|unternehmen|kontakt|ansprechpartner(?:in)?|bewerbung\w*"
    r"|technologie-?stack(?:-\w+)?|technische[rs]? (?:kontext|umfeld)|systemumgebung|toolbox|wirkungskreis"
    r"|ausbildungsinhalte"
    r"|(?:fach)?kenntnisse(?: und fähigkeiten)?|fähigkeiten und kenntnisse"
    r"|impressum|tech-?stack|technologien))(?: (?:bei|für|zu|mit) (?:uns|dich|sie|dir|ihnen|die \w+))?|über uns"
    r"|über (?:dich|(?:die|deine|ihre|den) (?:stelle|position|rolle|tätigkeit|job))"
    r"|in diesen themen fühlst du dich sicher"
    r"|(?:dein|ihr) (?:alltag|hintergrund|werdegang|impact)|unsere (?:vision|mission|werte)|wir über uns"
    r"|von vorteil sind|das wäre ein plus|interesse\?|hört sich gut an\?|klingt (?:gut|nach dir)\?|worum geht es\?"
    r"|so sieht dein (?:tag|profil) aus|(?:der|unser) bewerbungsprozess"
    r"|wir bieten|(?:deine|ihre) (?:rolle|benefits)|anforderungen|das wäre schön|was (?:du|sie|dich|dir|wir) .{2,30}"
    r"|(?:das|dies|was) (?:erwartet|bringst|bringen|bieten|suchen|machst|tust)(?: \w+){0,5}"
    r"|gefordert sind|wünschenswert(?: (?:ist|sind|wäre))?|idealerweise|interessiert\?|noch fragen\?)",
    re.IGNORECASE,
)
GERMAN_OPENING = re.compile(
    r"(?:und )?(?:was|das|wer|wen|wie|wofür|womit|worauf|darauf|damit|so|hier|warum|darum|dafür|außerdem)"
    r" (?:du|dich|dir|sie|ihnen|wir|uns|ist|sind|bist|hast|erwarte\w*|bringst|bringen|biete\w*|kannst|können|sollte\w*"
    r"|musst|müssen|brauch\w+|wirst|werden|mach\w+|tust|zeichne\w+|wünsch\w+|suchen|passt|passen|überzeug\w+|haben"
    r"|begeister\w+|punkt\w+|spricht|bekomm\w+|schätzen|geht['’]?s|wirk\w+|bewirbst|für|zu|deine|ihre)"
    r"(?: [\wäöüß-]+){0,7} ?[?…]?|(?:du|sie) (?:bist|hast|bringst|verfügst|haben|bringen|verfügen)(?: mit| über)?"
    r"|wir (?:suchen|bieten|erwarten|wünschen)(?: (?:uns|dir|ihnen|dich|sie))?|warum wir\?",
    re.IGNORECASE,
)


@lru_cache(maxsize=16_384)
def heading_kind(heading: str) -> str | None:
    """Return the kind of section that a heading opens; None if its words are unknown."""
    words = _SIGNS_BEFORE.sub("", heading.lower().translate(_WITHOUT_ACCENTS).replace("’", "'")).strip(" :*_-–—#•")
    return _KINDS.first(words)
