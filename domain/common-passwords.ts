// The best-known common passwords of eight characters and more, in lower case and NFC (R4.3): those that top the published
// lists, and what a guesser would try at a Thai school, some Thai words as the Latin keyboard writes them and the other way
// round. Runs and repetitions are found by rule (password.ts).

export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
    !@#$%^&* !@#$%^&*( !@#$%^&*() !qaz2wsx 00112233 01234567 012345678 0123456789 0123456789a 0147258369 0987654321
    0okm9ijn 10203040 11112222 11223344 1122334455 112233445566 1122334455667788 11235813 12131415 12312312
    123321123 1234!@#$ 12344321 1234512345 123454321 123456123 12345678 123456789 1234567890 1234567890a 1234567891
    12345678910 123456789123 123456789a 123456789q 123456789z 12345678a 12345679 1234567a 1234567q 123456aa 123456ab
    123456abc 123456qq 123456qwe 12345abc 12345qwe 12345qwert 1234abcd 1234asdf 1234qwer 123698745 123abc123
    123asd123 123password 123qwe123 123qweasd 123qweasdzxc 123zxc123 13572468 147258369 147852369 14789632 159357159
    159753159 1597534682 1a2b3c4d 1a2s3d4f 1password 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz!qaz 1qaz2wsx 1qaz2wsx3edc
    1qaz@wsx 1qazxsw2 1qw23er4 24681012 2wsx3edc 31415926 31415927 3edc4rfv 741258963 741852963 78945612 789456123
    7894561230 852456852 87654312 87654321 88776655 963852741 98765432 987654321 99887766 a1234567 a12345678
    a123456789 a1b2c3d4 a1b2c3d4e5 a1s2d3f4 aa123123 aa123456 aaa111222 aaaa1111 abc12345 abc123456 abc12345678
    abc123abc abcd1234 abcd12345 abcde123 abcdef123 abcdefg1 abcdefgh access123 access14 account1 admin123 admin1234
    admin12345 admin123456 admin@123 admin@1234 adminadmin administrator administrator1 adventure airborne aircraft
    alejandro alexande alexander alexander1 alexandra alexandria america1 america123 andrew12 android1 android123
    angel123 angelica angelina angels123 anthony1 anthony2 apple123 argentina arsenal1 arsenal123 asd12345 asd123456
    asdf1234 asdf12345 asdf;lkj asdfg123 asdfghjk asdfghjkl ashley12 assassin asshole1 asshole123 australia autumn12
    avengers baby1234 babyboy1 babygirl babygurl backstreet bangkok1 bangkok12 bangkok123 bangkok1234 barcelona
    barcelona1 baseball baseball1 baseball12 basketball basketball1 batman12 batman123 beautiful beautiful1 benjamin
    benjamin1 bigdick1 blackberry blackbird blackcat blackjack blackpink blackpink1 blowjob1 blueberry bluebird
    bluesky1 brandon1 brandon12 brasil123 brittany broncos1 brooklyn bts12345 buddha12 buddho11 budweiser bullshit
    bullshit1 butterfly butterfly1 california camaro123 cameron1 caroline challenger champion champion1 chandler
    changeit changeme changeme1 changeme12 changeme123 changepassword charlie1 charlotte cheesecake chelsea1
    chelsea123 cherries chester1 chevrolet chiangmai chiangmai1 chicago1 china123 chocolate chocolate1 christian
    christina christine christopher clifford cocacola coffee123 colorado computer computer1 computer123 cookie12
    corvette corvette1 counterstrike courtney cowboys1 cristiano cristina cutiepie cyoiydgtv dallas123 daniel12
    daniela1 danielle danielle1 darling1 database database1 daylight december default1 default123 demo1234 diablo123
    digimon1 director director1 director123 discovery dolphin1 dolphins doraemon doraemon1 dpa12345 dpa123456
    dragon123 dragonball dragonball1 eagle123 eagles123 education education1 elephant elizabeth elizabeth1 eminem123
    emmanuel employee england1 esao1234 example1 excalibur exo12345 explorer facebook facebook1 facebook123 falcon12
    family12 february federico fernando ferrari1 ferrari123 fi'giupo firewall florida1 football football1 football12
    football123 forever1 forever21 fortnite francesca francisco freedom1 freefire freefire123 friday13 friends1
    fucking1 fuckoff1 fuckyou! fuckyou1 fuckyou123 fuckyou2 gabriel1 gabriela gameover gandalf1 gandalf123 garena123
    garfield germany1 ginger12 gmail123 god12345 goldfish google12 google123 gorgeous greenday greenday1 guest123
    guest1234 guillermo guitar123 handsome happy123 happyday hardcore hardware harley12 harley123 hello123
    hellohello hellokitty highlander hockey123 hogwarts honda123 honey123 hotmail1 hotmail123 hotstuff hunter12
    hurricane ihateyou ilovegod iloveme1 iloveme2 ilovethai iloveu123 iloveyou iloveyou1 iloveyou12 iloveyou123
    iloveyou2 iloveyou3 indonesia instagram internet internet1 iphone12 iphone123 ironmaiden ironman1 isabella
    isan1234 isylzjko jackass1 jackson1 january1 japan123 jasmine1 jennifer jennifer1 jeremiah jessica1 jesus123
    jonathan jonathan1 jordan23 joseph12 joshua12 juventus juventus1 katherine kathryn1 kawasaki keyboard khonkaen
    killer12 kimberly kobkhun1 korat123 korea123 kristina kru12345 krub1234 krukru123 krungthep krusoma1 kruthai1
    kruthai123 l;ylfu8jt lacrosse lakers24 lamborghini lawrence leagueoflegends leonardo letmein! letmein1 letmein12
    letmein123 letmein2 life1234 lightning line1234 linkedin linkinpark linux123 lion1234 liverpool liverpool1
    liverpool123 lkjhgfdsa login123 london12 love1234 love12345 lovely123 loveme123 lovers123 lovethai loveyou1
    loveyou123 loveyou2 lucky777 lucky888 madeline malaysia malee123 manager1 manager123 manchester manchester1
    manunited manunited1 manutd123 margaret marlboro marshall master12 master123 master1234 matrix12 matthew1
    maverick megadeth mercedes mercedes1 messi123 metallica michael1 michaeljackson michelle michelle1 microsoft
    microsoft1 midnight minecraft minecraft1 minecraft123 mitchell mnbvcxz1 moe12345 moe123456 mohammed monday12
    money123 monkey123 moonlight motherfucker motorcycle motorola mountain mountain1 muhammad musician mustang1
    mustang123 mypass123 mypassword mypassword1 myspace1 nakrian1 naruto12 naruto123 network1 network123 newpass1
    newpassword newpassword1 newyork1 newyork123 nicholas nicholas1 nicole12 nintendo nirvana1 nok12345 nokia123
    nopassword nothing1 november obec1234 obec12345 office12 office123 onepiece onepiece1 oracle12 otepc123
    otepc1234 p4ssw0rd p4ssword p@ssw0rd p@ssw0rd1 p@ssw0rd123 p@ssword p@ssword1 pa$$w0rd pa$$word pa55word
    packers1 panther1 paradise paris123 pass1234 pass@123 pass@1234 pass@word1 passw0rd passw0rd1 passwd123 password
    password! password01 password1 password12 password123 password1234 password12345 password2 password3 password4
    password7 password9 passwords passwort patricia patrick1 patriots pattaya1 pattaya123 penelope pepper12 pepsi123
    philippines phoenix1 phuket123 pikachu1 pineapple platinum playboy1 playstation poiuytrewq pokemon1 pokemon123
    porn1234 porsche1 portugal postgres precious princess princess1 princess12 private1 pubg1234 pussy123 pussycat
    q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 qaz12345 qazwsx123 qazwsxed qazwsxedc qazxswedc qwe12345 qwe123456 qwe123qwe
    qweasd123 qweasdzxc qwer1234 qwert123 qwert1234 qwerty!@ qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456
    qwertyui qwertyuiop raiders1 rainbow1 rainbow12 rakkhun1 rakrak123 rakthai1 rammstein ranger12 ratchakan
    realmadrid realmadrid1 rebecca1 redskins rich1234 richard1 robert12 roberto1 roblox12 roblox123 rockstar
    ronaldo123 ronaldo7 rongrian rongrian1 rongrien root1234 root12345 sabai123 sabaidee samantha samantha1
    sample123 samsung1 samsung12 samsung123 savannah sawadee1 sawasdee sawasdee1 sawasdee123 sawatdee sawatdee1
    school12 school123 school1234 school12345 scorpion scotland sebastian secret12 secret123 secret1234 security
    security1 security123 server12 server123 sesa1234 sexy1234 sexybitch sexygirl shadow123 siam1234 singapore
    skateboard slipknot smile123 snoopy12 snowball snowboard snowflake soccer12 soccer123 softball software somchai1
    somchai123 somsak123 somsri123 somying1 spiderman spiderman1 spring12 starcraft starlight startrek startrek1
    starwars starwars1 steelers steelers1 stephanie stephen1 strawberry student1 student123 student1234 summer12
    summer2025 summer2026 summertime sunday12 sunflower sunflower1 sunshine sunshine1 sunshine12 sunshine123
    superadmin superman superman1 superman123 superstar superuser support1 suzuki123 sweetheart sweetie1 sweetpea
    swimming swimming1 swordfish system123 teacher1 teacher12 teacher123 teacher1234 temp1234 temporary temppass
    terminal terminator test1234 test12345 test123456 tester123 testing1 testing123 thai1234 thai12345 thaiboy1
    thaigirl thailand thailand1 thailand12 thailand123 thailand1234 theodore thepassword thomas123 thunder1
    thunderbird tiger123 tiktok12 tiktok123 tokyo123 toor1234 topsecret toyota12 toyota123 trustno1 trustnoone
    twitter1 unknown1 user1234 user12345 username valentina valentine vanessa1 veronica victoria victoria1 victory1
    vietnam1 vietnam123 vincent1 virginia voldemort volleyball warcraft warhammer webmaster website1 welcome1
    welcome12 welcome123 welcome1234 welcome2 welcome2024 welcome2025 welcome2026 whatever whatever1 whatever2
    william1 william2 windows1 windows10 winter12 winter2025 wordpress worldofwarcraft xitgmlwmp xsw21qaz xsw2zaq1
    yahoo123 yamaha12 yamaha123 yankees1 yourpassword youtube1 youtube123 zaq12wsx zaq12wsxcde3 zaq1@wsx zxc12345
    zxc123456 zxcasdqwe zxcv1234 zxcvbnm1 zxcvbnm123 กขค12345 กขคง1234 กขคง12345 กรุงเทพ123 กรุงเทพมหานคร ขอนแก่น123
    ครู12345 ครูไทย123 คุณครู123 ฉันรักเธอ ทรงพระเจริญ ประเทศไทย ประเทศไทย1 ประเทศไทย123 ผู้อำนวยการ ฟหกด1234
    ยฟหหไนพก รสนอำันี รหัสผ่าน รหัสผ่าน1 รหัสผ่าน123 รักประเทศไทย รักพ่อรักแม่ รักเธอตลอดไป รักแม่ที่สุด รักในหลวง
    ลืมรหัสผ่าน สวัสดี123 สวัสดี1234 สวัสดีครับ สวัสดีค่ะ หฟไฟหกำำ หียำพทฟื ะำฟแ้ำพๅ ะ้ฟรสฟืก เชียงใหม่ เรารักในหลวง
    โรงเรียน โรงเรียน1 โรงเรียน123 ไทยแลนด์ ไม่บอกหรอก ไม่มีรหัส ๑๒๓๔๕๖๗๘ ๑๒๓๔๕๖๗๘๙
  `
    .trim()
    .split(/\s+/),
);
