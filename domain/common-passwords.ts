// The best-known common passwords of eight characters and more, in lower case (R4.3). Runs and repetitions are found by rule.

export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
    !@#$%^&* 00000000 01234567 012345678 0123456789 0987654321 0okm9ijn 10203040 11111111 11112222 11223344 1122334455
    12121212 123123123 123321123 12341234 12344321 1234512345 123454321 12345678 123456789 1234567890 12345679 1234567a
    123456aa 123456ab 1234abcd 1234qwer 123698745 123qweasd 13131313 147258369 147852369 159357159 1a2b3c4d 1q2w3e4r
    1q2w3e4r5t 1qaz2wsx 1qazxsw2 1qw23er4 20202020 20252025 20262026 22222222 25252525 25682568 25692569 2wsx3edc 33333333
    3edc4rfv 44444444 55555555 66666666 741852963 77777777 789456123 852456852 87654321 88888888 963852741 98765432
    987654321 99999999 a1234567 a12345678 a1b2c3d4 aa123456 aaaaaaaa abc12345 abc123456 abcabcabc abcd1234 abcdefgh
    account1 admin123 admin1234 administrator alexander america1 andrew12 android1 angel123 anthony1 arsenal1 asd12345
    asdasdasd asdf1234 asdfghjk asdfghjkl ashley12 asshole1 autumn12 avengers baby1234 babygirl bangkok1 bangkok123
    barcelona baseball baseball1 basketball batman123 blowjob1 buddha12 buddho11 bullshit butterfly champion changeme
    changeme123 charlie1 chelsea1 chiangmai china123 chocolate computer cookie12 corvette daniel12 darling1 database
    december default1 director director1 dolphin1 doraemon dpa12345 dragon123 eagle123 elephant elizabeth employee facebook
    facebook1 falcon12 family12 february ferrari1 football football1 forever1 freedom1 friday13 friends1 fuckyou1 gandalf1
    garfield ginger12 god12345 google123 guest123 happy123 happyday harley12 hello123 hellohello hogwarts honda123 honey123
    hunter12 ilovethai iloveyou iloveyou1 iloveyou2 internet iphone12 ironman1 january1 japan123 jennifer jesus123 jordan23
    joshua12 juventus killer12 korea123 krukru123 krungthep kruthai1 letmein1 letmein123 life1234 linux123 lion1234
    liverpool lkjhgfdsa london12 love1234 lovelove lovely123 loveyou1 lucky777 lucky888 manager1 manchester manunited
    master123 matrix12 matthew1 mercedes michael1 minecraft mnbvcxz1 moe12345 monday12 money123 monkey123 motherfucker
    mustang1 mypassword naruto12 network1 newpassword newyork1 nicole12 november obec1234 office12 onepiece oracle12
    otepc123 p4ssword p@ssw0rd p@ssword pa55word panther1 paris123 pass1234 passpass passw0rd password password! password01
    password1 password12 password123 password2 passwords passwort pepper12 phoenix1 pikachu1 poiuytrewq pokemon1 porsche1
    postgres princess pussycat q1w2e3r4 qaz12345 qazwsxedc qwe12345 qweasdzxc qweqweqwe qwer1234 qwerty!@ qwerty12
    qwerty123 qwerty1234 qwertyui qwertyuiop rakthai1 ranger12 ratchakan realmadrid rich1234 roblox12 rockstar root1234
    samsung1 sawadee1 sawasdee sawatdee school123 school1234 scorpion secret123 security security1 server12 shadow123
    smile123 snoopy12 somchai1 somying1 spiderman spring12 starwars student1 student123 summer12 summer2025 summer2026
    sunday12 sunflower sunshine superman superstar support1 sweetheart swimming teacher1 teacher123 temp1234 terminator
    test1234 testtest thailand thailand1 thailand123 tiger123 tiktok12 tokyo123 toor1234 toyota12 trustno1 user1234
    victory1 voldemort welcome1 welcome123 whatever william1 windows1 windows10 winter12 winter2025 xsw2zaq1 yamaha12
    youtube1 zaq12wsx zaq1zaq1 zxc12345 zxcv1234 zxcvbnm1 zxczxczxc กขคง1234 กรุงเทพ123 ครู12345 ประเทศไทย รหัสผ่าน
    รักประเทศไทย สวัสดีครับ สวัสดีค่ะ โรงเรียน ไม่มีรหัส
  `.trim().split(/\s+/),
);
