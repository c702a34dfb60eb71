"""Small lists of general facts: first names, places, what organisations, works and software call themselves.

They only tip a scale: what stands around a name in the talk decides too. Nothing here is of one field or one show.
"""

from bot.domain.text.stopwords import word_set

FIRST_NAMES = word_set(
    """
    aaron abby abdul abigail adam adrian adriana agnes ahmed aidan aisha akira alan albert alberto alejandro aleksandr
    alessandro alex alexa alexander alexandra alexei alexey alexis alfred alice alicia alina alison allan allen allison
    amanda amber amelia amin amir amit amy ana anand anastasia anders andre andrea andreas andrei andres
    andrew andrey andy
    angela anil anita anja ankit ann anna anne anthony antoine anton antonio anya april ari ariel arjun arnold arthur
    arturo arun ash asha ashley audrey august austin barbara barry bart bastien beatrice becky ben benjamin bernard
    bernie beth betty bill billy björn blake bob bobby boris brad bradley brandon brenda brendan brent bret brett brian
    bridget bruce bruno bryan bryce caitlin caleb calvin cameron camille carl carla carlos carmen carol caroline carolyn
    casey catherine cathy cecilia chad charles charlie charlotte chelsea chen cheryl chloe chris christian christina
    christine christoph christopher cindy claire clara clark claude claudia clay clayton cliff clint cody colin connor
    constantin corey cory courtney craig cristina curtis cynthia daisy dale damian damien dan dana daniel daniela
    danielle danny daria darius darren dave david dawn dean deborah debra dennis denis derek derrick devin devon diana
    diane diego dimitri dirk dmitri dmitry dominic dominik don donald donna dora doris dorothy doug douglas drew duncan
    dustin dusty dylan eddie eduardo edward edwin eileen elaine eleanor elena eli elias elizabeth elle ellen elliot
    elliott elon emil emily emma emmanuel enrique eric erica erik erika erin ernest ernesto ethan eugene eva evan evelyn
    evgeny fabian fabio fatima felipe felix fernando fiona florian frances francesca francesco francis
    francisco francois
    frank franz fred frederic frederick gabriel gabriela gail gareth gary gavin gene geoff geoffrey george
    georgia gerald
    gerard gianni gilbert giovanni gisela glen glenn gloria gordon grace graham grant greg gregory greta guido guillaume
    gunnar gustavo guy hadley hal hannah hans harold harry harvey hassan heather hector heidi helen helena helga henrik
    henry herbert hiroshi holly howard hubert hugh hugo ian ibrahim igor ilya ingrid irene irina iris isaac isabel
    isabella ivan jack jackie jackson jacob jacques jaime jake james jamie jan jana jane janet janice jared
    jasmine jason
    javier jay jean jeff jeffrey jenna jennifer jenny jens jeremy jerod jerome jerry jesse jessica jesus jill jim jimmy
    jo joachim joan joanna joanne joe joel joey johan johann johannes john johnny jon jonas jonathan jordan jorge jose
    josef joseph josh joshua josé joy joyce juan juanita judith judy julia julian juliana julie julien juliet julio jun
    justin jürgen kai karen karin karl kate katerina katherine kathleen kathryn kathy katie kay keith kelly kelsey ken
    kenji kenneth kenny kent kerry kevin khalid kim kimberly kirill kirk klaus konstantin kris kristen kristin kurt kyle
    lance lara larry lars laura lauren laurence laurent lawrence leah lee leila lena leo leon leonard leonardo leslie
    lewis liam lily linda lindsay ling lisa lloyd logan lois lorenzo louis louise luc luca lucas lucia lucy ludwig luigi
    luis lukas luke lydia lynn mads magnus malcolm manuel marc marcel marco marcos marcus margaret maria mariana marie
    marilyn marina mario marion mark marko markus marsha marta martha martin martina marvin mary mateo matt matteo
    matthew matthias maurice max maxim maya megan mei mehmet melanie melissa mia michael michaela michel michelle miguel
    mikael mike mikhail milan mira miranda miriam mitchell mohamed mohammad mohammed moni monica monika morgan moritz
    murray muhammad nadia nancy naomi natalia natalie nate nathan nathaniel neil nelson nicholas nick nicolas nicole
    nigel nikita niklas nikolai nils nina noah nora norbert norman olaf oleg olga oliver olivia omar oscar otto owen
    pablo pamela paola paolo pascal pat patricia patrick paul paula pauline pavel pedro peggy penny peter petra phil
    philip philipp philippe phillip pierre pieter priya rachel rafael rahul raj rajesh ralph ramesh ramon randall randy
    raphael raquel rashid raul ravi ray raymond rebecca reid rene renee rex ricardo richard rick rita rob robert roberto
    robin rodney rodolfo rodrigo roger roland roman ron ronald rosa rose ross roy ruben rudolf rudy rupert russ russell
    rusty ruth ryan sabine sally salman sam samantha samuel sandeep sandra sanjay sara sarah sascha satoshi scott sean
    sebastian serena sergei sergey sergio seth shane shannon sharon shaun shawn sheila shirley sid simon simone sofia
    sonia sonja sophia sophie srinivas stacey stacy stan stanley stefan stefano stella stephan stephanie stephen steve
    steven stewart stuart sue sunil suresh susan susanna suzanne svetlana sven sylvia tamara tanya tara tatiana ted
    teresa terrence terry theo theodore theresa thomas tiffany tim timothy tina tobias todd tom tomas tommy tony tracy
    travis trevor tristan tyler umberto ursula valentina valerie vanessa vera vernon veronica vicki victor victoria
    vijay vikram vincent viktor vitaly vitalik vivian vlad vladimir walter wanda warren wayne wendy werner wes wesley
    wilhelm will william wolfgang xavier yann yasmin yuki yuri yusuf yves yvonne zach zachary zack zoe
    александр алексей алексея алина алла анастасия анатолий андрей анна антон арина артём артем борис вадим валентин
    валерий варвара василий вера вероника виктор виктория виталий владимир владислав вячеслав галина геннадий георгий
    григорий дарья денис диана дмитрий евгений евгения екатерина елена елизавета иван игорь илья инна ирина кирилл
    константин ксения лариса лев леонид лидия людмила максим маргарита марина мария михаил надежда наталья никита
    николай нина оксана олег ольга павел пётр петр полина роман руслан светлана семён сергей софья станислав степан
    тамара татьяна тимур фёдор эдуард юлия юрий яна ярослав
    """
)

SHORT_NAMES = {
    short: full.split()
    for short, full in {
        "al": "albert alan", "alex": "alexander alexandra alexey", "andy": "andrew", "ben": "benjamin",
        "bill": "william",
        "bob": "robert", "cathy": "catherine", "charlie": "charles", "chris": "christopher christian christina",
        "dan": "daniel", "danny": "daniel", "dave": "david", "ed": "edward", "fred": "frederick", "greg": "gregory",
        "jake": "jacob", "jeff": "jeffrey", "jen": "jennifer", "jenny": "jennifer", "jess": "jessica", "jim": "james",
        "joe": "joseph", "jon": "jonathan", "josh": "joshua", "kate": "katherine catherine", "ken": "kenneth",
        "liz": "elizabeth", "matt": "matthew", "max": "maxim maximilian", "mike": "michael", "nate": "nathan nathaniel",
        "nick": "nicholas", "pat": "patrick patricia", "pete": "peter", "phil": "philip phillip", "rob": "robert",
        "ron": "ronald", "sam": "samuel samantha", "steph": "stephanie", "steve": "steven stephen", "sue": "susan",
        "ted": "theodore edward", "tim": "timothy", "tom": "thomas", "tony": "anthony", "vlad": "vladimir",
        "will": "william", "zach": "zachary", "саша": "александр александра", "лёша": "алексей", "дима": "дмитрий",
        "женя": "евгений евгения", "катя": "екатерина", "костя": "константин", "лена": "елена", "маша": "мария",
        "миша": "михаил", "настя": "анастасия", "паша": "павел", "серёжа": "сергей", "таня": "татьяна",
    }.items()
}  # fmt: skip
"""What people call somebody, and what stands in the notes."""

SPELLINGS = [
    frozenset(words.split())
    for words in (
        "jon john", "sara sarah", "steven stephen", "eric erik", "mark marc", "philip phillip philipp", "brian bryan",
        "katherine catherine kathryn", "geoff jeff", "geoffrey jeffrey", "alan allan allen", "lewis louis luis",
        "shaun sean shawn", "ann anne", "carl karl", "nick nic", "kristin kristen", "zack zach", "matthew mathew",
        "teresa theresa", "stephan stefan", "fred frederic frederick", "sergei sergey", "dmitri dmitry dimitri",
        "jose josé", "maxim maksim", "markus marcus", "viktor victor", "klaus claus", "nicolas nikolas nicholas",
    )
]  # fmt: skip
"""First names that sound alike and are the same name; others that sound alike are other people."""

PARTICLES = word_set("van von der den de del della di da du la le bin al ibn ter ten dos el y")
"""Small words within last names."""

PLACES = frozenset(
    " ".join(place.split())
    for place in """
    afghanistan, albania, algeria, argentina, armenia, australia, austria, azerbaijan, bangladesh, belarus, belgium,
    bolivia, bosnia, brazil, britain, bulgaria, cambodia, cameroon, canada, chile, china, colombia, costa rica, croatia,
    cuba, cyprus, czechia, denmark, ecuador, egypt, el salvador, england, estonia, ethiopia, europe, finland, france,
    georgia, germany, ghana, great britain, greece, guatemala, haiti, hungary, iceland, india, indonesia, iran, iraq,
    ireland, israel, italy, jamaica, japan, jordan, kazakhstan, kenya, kosovo, kuwait, latvia, lebanon, libya,
    lithuania, luxembourg, malaysia, malta, mexico, moldova, mongolia, morocco, mozambique, myanmar, nepal, netherlands,
    new zealand, nicaragua, nigeria, north korea, norway, pakistan, palestine, panama, paraguay, peru,
    philippines, poland,
    portugal, qatar, romania, russia, rwanda, saudi arabia, scotland, senegal, serbia, singapore, slovakia, slovenia,
    somalia, south africa, south korea, soviet union, spain, sri lanka, sudan, sweden, switzerland, syria, taiwan,
    tanzania, thailand, tunisia, turkey, uganda, uk, ukraine, united arab emirates, united kingdom, united
    states, uruguay,
    us, usa, u.s., u.k., uzbekistan, venezuela, vietnam, wales, yemen, zambia, zimbabwe, africa, asia, north america,
    south america, latin america, middle east, antarctica, arctic, silicon valley, wall street, alaska, arizona,
    california, colorado, connecticut, florida, hawaii, illinois, indiana, iowa, kansas, kentucky, louisiana, maryland,
    massachusetts, michigan, minnesota, missouri, montana, nebraska, nevada, new hampshire, new jersey, new mexico,
    north carolina, north dakota, ohio, oklahoma, oregon, pennsylvania, south carolina, tennessee, texas, utah, vermont,
    virginia, wisconsin, wyoming, amsterdam, athens, atlanta, auckland, austin, baghdad, baltimore, bangalore, bangkok,
    barcelona, beijing, belgrade, berlin, bogota, boston, boulder, brooklyn, brussels, bucharest, budapest,
    buenos aires,
    cairo, cambridge, cape town, caracas, charlotte, chicago, cleveland, cologne, copenhagen, dallas, delhi, denver,
    detroit, dubai, dublin, edinburgh, frankfurt, geneva, glasgow, hamburg, hanoi, helsinki, hong kong,
    houston, istanbul,
    jakarta, jerusalem, johannesburg, karachi, kyiv, kiev, kyoto, lagos, las vegas, lima, lisbon, london, los angeles,
    lyon, madrid, manchester, manhattan, manila, melbourne, mexico city, miami, milan, minneapolis, montreal, moscow,
    mumbai, munich, nairobi, nashville, new delhi, new orleans, new york, new york city, osaka, oslo, ottawa, oxford,
    palo alto, paris, philadelphia, phoenix, pittsburgh, portland, prague, princeton, riga, rio de janeiro, rome,
    rotterdam, sacramento, salt lake city, san diego, san francisco, san jose, santiago, sao paulo, seattle, seoul,
    shanghai, shenzhen, sofia, st petersburg, stockholm, stuttgart, sydney, tallinn, tbilisi, tehran, tel aviv, tokyo,
    toronto, turin, utrecht, vancouver, vienna, vilnius, warsaw, washington, yerevan, zurich, россия, россии, украина,
    украине, китай, китае, германия, германии, франция, франции, европа, европе, америка, америке, сша, англия, англии,
    москва, москве, москвы, петербург, петербурге, санкт-петербург, киев, киеве, минск, минске, лондон, лондоне,
    париж, париже, берлин, берлине, новосибирск, казань, казани, тбилиси, ереван, ереване, израиль, израиле,
    индия, индии
    """.replace("\n", " ").split(",")
)

ORGANISATION_WORDS = word_set(
    """
    inc inc. corp corp. corporation company co ltd llc gmbh ag plc labs lab laboratory laboratories
    foundation university
    institute college school academy bank capital ventures partners group holdings technologies industries consulting
    association federation committee commission department agency ministry council union society party parliament
    senate congress museum hospital church court army press studios studio media news times post journal magazine
    collective consortium alliance network networks trust fund center centre bureau office services international
    университет институт банк компания фонд министерство лаборатория академия
    """
)
"""Words of organisations' names."""

WORK_WORDS = word_set("book report paper manifesto chronicles essays podcast show album movie trilogy")
SOFTWARE_WORDS = word_set(
    """
    app sdk api os db sql cli ide language framework library toolkit engine browser studio cloud server linux js kit
    protocol wallet network core desktop
    """
)
CONCEPT_WORDS = word_set(
    """
    learning filter theory theorem law effect problem attack algorithm model method principle function architecture
    programming design pattern process system systems rule paradox hypothesis fallacy curve test engineering science
    intelligence computing security proof fork forks unit layer transform equation distribution analysis
    """
)
"""Heads of the names of ideas and methods."""

SOFTWARE = frozenset(
    " ".join(name.split())
    for name in """
    python, java, javascript, typescript, rust, golang, ruby, php, perl, swift, kotlin, scala, haskell, erlang, elixir,
    clojure, julia, fortran, cobol, lisp, html, css, sql, bash, zig, c++, c#, r, c, webassembly, wasm, lua, solidity,
    linux,
    unix, windows, macos, mac os, android, ios, ubuntu, debian, fedora, freebsd, chrome, firefox, safari,
    chromium, vs code,
    vim, emacs, git, docker, kubernetes, terraform, ansible, postgres, postgresql, mysql, sqlite, redis, mongodb, kafka,
    elasticsearch, react, vue, angular, svelte, django, flask, rails, node, node.js, npm, deno, spring, tensorflow,
    pytorch, numpy, pandas, jupyter, excel, powerpoint, photoshop, figma, slack, zoom, discord, whatsapp, telegram,
    signal, gmail, outlook, wikipedia, youtube, aws, azure, arduino, raspberry pi, iphone, ipad, playstation, xbox,
    chatgpt, gpt, claude, gemini, llama, copilot, siri, alexa, nginx, apache, jenkins, graphql, tor, ethereum, bitcoin,
    minecraft, blender, unity, latex, markdown, json, xml, yaml, unicode, питон, линукс, докер, телеграм, гит
    """.replace("\n", " ").split(",")
)
ORGANISATIONS = frozenset(
    " ".join(name.split())
    for name in """
    google, apple, microsoft, amazon, facebook, meta, netflix, twitter, tesla, spacex, openai, anthropic, deepmind,
    nvidia, intel, amd, ibm, oracle, samsung, sony, nokia, uber, airbnb, spotify, stripe, paypal, walmart, nasa, fbi,
    cia, nsa, fda, cdc, who, nato, eu, un, imf, opec, bbc, cnn, npr, nyt, new york times, wall street journal, reuters,
    bloomberg, wired, stanford, harvard, mit, berkeley, yale, oxford university, cern, darpa, ieee, mozilla, red hat,
    github, gitlab, cloudflare, reddit, linkedin, adobe, salesforce, huawei, alibaba, tencent, toyota, boeing,
    lockheed martin, goldman sachs, jp morgan, federal reserve, supreme court, white house, congress, pentagon, kremlin,
    coinbase, hewlett packard, hp, dell, cisco, qualcomm, яндекс, гугл, сбербанк, госдума, кремль
    """.replace("\n", " ").split(",")
)
CONCEPTS = frozenset(
    " ".join(name.split())
    for name in """
    machine learning, deep learning, reinforcement learning, supervised learning, unsupervised learning, neural network,
    neural networks, artificial intelligence, language model, language models, computer vision, natural
    language processing,
    data science, open source, object-oriented programming, functional programming, operating system, operating systems,
    embedded systems, distributed systems, local area network, version control, continuous integration, unit test,
    unit tests, linear algebra, game theory, quantum computing, quantum mechanics, public key, private key,
    proof of work,
    proof of stake, climate change, global warming, greenhouse gas, renewable energy, nuclear power, natural selection,
    immune system, gene therapy, stem cells, central bank, central banks, interest rates, monetary policy,
    fiscal policy,
    supply chain, free trade, free speech, civil war, cold war, social media, mental health, public health, health care,
    venture capital, stock market, real estate, intellectual property, machine translation, speech recognition,
    knowledge graph, hash function, hash functions, digital signature, zero knowledge, threat model, type system,
    design patterns, unit economics, black hole, black holes, dark matter, string theory, general relativity,
    fossil fuels,
    машинное обучение, искусственный интеллект, нейронная сеть, нейронные сети, изменение климата, большие данные
    """.replace("\n", " ").split(",")
)
"""Ideas that many talks name; as terms they need not recur."""
