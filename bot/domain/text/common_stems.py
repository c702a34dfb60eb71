"""How common English stems are in feeds at large: a prior for small windows, where every word looks rare.

Shares of items that hold a stem, in bands, averaged over blogs, news, laboratories and transcripts, names left out.
"""

_BANDS: tuple[tuple[float, str], ...] = (
    (
        0.08,
        """
        actual add base build call chang code creat data develop differ end exampl feel find great help
        interest learn long look lot mean model open peopl perform person point post problem process product
        project run set start system talk tool understand work world write""",
    ),
    (
        0.05,
        """
        abl access agent allow app applic articl avail basic big bit break case check compani complet comput
        content continu control coupl cours current decid design direct easi enabl engin exist expect experi
        featur file final focus follow found free function general generat happen high hope hour idea imag
        import inform introduc issu kind languag larg level life line link list live love manag move name
        need note number old place play power practic probabl program provid question quick real reason
        recent relat releas requir research result share simpl small softwar sourc space specif state stori
        support sure team technolog test thank think thought time tri turn type updat user version video web""",
    ),
    (
        0.03,
        """
        abil achiev action address amount announc answer appear appli approach ask bad begin believ blog
        book bring built busi capabl care certain challeng class clear come command communiti complex
        configur connect consid contain context convers cool cost cover custom databas decis deep defin
        depend deploy describ detail document earli easier effect effici effort enjoy entir especi evalu
        event exact explor face fact fast figur fix form framework friend full futur game goal group grow
        hand hard head home host human hundr implement includ increas initi insid integr interact job key
        late later lead left librari limit local machin main maintain matter memori mention method mind
        minut mode moment multipl network news notic object offer oper optim option order origin output page
        paper particular pass past piec plan platform posit possibl present pretti previous prompt public
        publish push qualiti reach receiv recommend record rememb report request resourc respons return
        scale search secur self sens seri servic short show side signific similar singl site solut sort
        speed standard step stop structur stuff style take task tech technic tell term text top topic train
        true use valu various visual wait want watch wonder word worth written""",
    ),
    (
        0.02,
        """
        absolut account act activ addit advanc age architectur area art artist assum attent author autom
        avoid becom benefit block board box browser bug bunch caus center chanc choic choos click client
        close collect combin commit common communic compar compon concept concern confer consist correct
        countri critic date deal default definit deliv devic die difficult digit discov discuss drive drop
        due easili edg edit email engag ensur enter environ error eventu excit execut explain fail fair
        familiar faster felt field filter fine five forc four front fulli fun fund give global govern guid
        half handl happi hear heard histori hit hold huge imagin immedi impact individu industri
        infrastructur instal instanc intellig interpret involv join kill knowledg lack leav light listen
        load longer low major map market measur mechan media medium meet messag million miss modern money
        multi natur nice non obvious occur offic onlin opportun organiz path pattern pay perfect perspect
        pick potenti predict prefer price produc progress promis pull purpos put readi realiz reduc refer
        reflect regular reliabl remain remov replac review risk role rule save say script see seem select
        separ shape shift simpli sit size skill slow social solv sound speak special spend spent stage stay
        studi subject success super surpris target third track transform tune uniqu util view vision walk
        websit wide workflow wrong wrote zero""",
    ),
    (
        0.01,
        """
        acceler accept accur adapt adopt advantag affect agre ahead aim algorithm align altern amaz analysi
        anim assist associ attack attempt audienc automat awar background balanc beauti behavior benchmark
        biggest bodi brain buy captur card catch charact clean co codebas collabor compet condit confid
        consum contribut copi count credit cross curious cut daili dataset debug decad dedic demand demonstr
        despit detect distribut dive domain doubl download driven dynam earlier econom ecosystem educ embed
        energi enhanc enterpris era essenti evolv excel except expand experienc expert express extens extra
        extrem factor failur fall famili fan feedback fill finish fire fit format forward frontier gain gap
        harder higher highlight ident identifi ignor imposs impress infer influenc input internal interview
        invest investig keep know land larger launch layer leader legal lesson locat log logic lose loss
        lost lower man manual mark massiv master materi member metric middl mistak monitor motiv nativ
        normal observ offici opinion outsid packag paid paramet part parti partner phone physic pictur plus
        polici polit popular pre precis prepar prevent principl privat profession proper properti protect
        protocol queri rais random rang rapid rare rate reader recogn relationship reli remot repeat repres
        respond reveal robust roll room safe safeti scene school scientist screen secret send sequenc serv
        setup ship sign signal situat six smaller smart stabl stand startup storag store strategi stream
        strong student suggest suit switch tabl tag teach techniqu ten theme thousand titl token total
        tradit travel trust virtual visit voic vs weight win worri""",
    ),
)

COMMON_STEMS: dict[str, float] = {stem: share for share, band in _BANDS for stem in band.split()}
"""Stem -> the least share of items that hold it."""
