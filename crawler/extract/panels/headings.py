"""Words that head panels and tell kinds of entities, in the languages of the press."""

from __future__ import annotations

import re
from functools import lru_cache

_HEADINGS: dict[str, str] = {
    "people": "osoby(?: w .{3,20})?|osobnosti|lidé v .{3,20}|kişiler|haberde adı geçenler|nhân vật|tokoh"
    "|(?:관련 )?인물|אנשים(?: בכתבה)?|πρόσωπα|személyek|persoane|henkilöt|"
    "особи|персони|персоны|लोग|ব্যক্তি|watu|personer|osobe|лица|登場人物|人物|related people"
    "|people in this (?:article|story)|people mentioned|personen|personnalités|personas|"
    "люди|persone",
    "topics": "in this article|in this story|topics|related topics|tags|themen|schlagwörter|mehr zum thema|"
    "sur le même thème|"
    "en este artículo|temas|neste artigo|temi|argomenti|темы|теги|tematy|onderwerpen|ämnen|etiketler|konular|"
    "関連キーワード|タグ|标签|"
    "關鍵字|태그|وسوم|مواضيع",
    "also_like": "(?:(?:if|because) you (?:like|liked|enjoyed|loved) this(?: \\w+)?,? )?"
    "(?:(?:more )?(?:articles|posts|stories|recipes|reads) )?you(?: may| might| will| could|[’']ll) (?:also )?"
    "(?:like|love|enjoy|be interested in)(?: too)?"
    "(?:\\.\\.\\.|…)?|(?:das|dies|diese[rs]? \\w+) könnten? (?:ihnen|dir|euch) (?:auch|ebenfalls) gefallen|"
    "(?:cela|ceci|ces articles) pourrai(?:t|ent) (?:aussi )?vous (?:intéresser|plaire)|vous pourriez (?:aussi )?aimer|"
    "también (?:[tl]e )?podría (?:gustar|interesar)(?:te|le)?|(?:quizás|tal vez) también [tl]e guste|"
    "potrebbe piacerti anche|talvez (?:você )?(?:também )?goste|(?:misschien vind je dit|dit vind je misschien) ook "
    "(?:leuk|interessant)|du kan(?:ske)? också (?:gilla|tycka om)|może ci się (?:też |również )?spodobać|"
    "(?:people|readers|others) also (?:like|"
    "read|viewed)|recommended(?: for you| by .{1,30})?|we recommend|editor(?:[’']?s[’']?)? (?:picks?|choice)|"
    "(?:das|dies|diese[rs]? \\w+|das thema) könnten? (?:sie|dich|euch) (?:auch|ebenfalls) interessieren|empfehlungen|"
    "vous aimerez aussi|à lire aussi|recommandé pour vous|"
    "[tl]e puede interesar|también [tl]e puede (?:gustar|interesar)|mohlo by vás zajímat|"
    "recomendado(?:s)?(?: para ti)?|você também pode gostar|"
    "recomendados|potrebbe interessarti(?: anche)?|вам (?:также )?может (?:быть интересно|понравиться)|рекомендуем|"
    "może cię zainteresować|aanbevolen|du kanske också gillar|ilginizi çekebilir|おすすめ(?:記事)?|"
    "[你您]?可能(?:也|还)?(?:会)?(?:喜欢|感兴趣)(?:的(?:文章|内容|新闻))?|猜[你您]喜欢|"
    "(?:编辑|小编|精彩|为您|为你|今日|热点|精华|好文|猜你|本站|站长)推荐|推荐(?:新闻|文章|内容)|更多精彩(?:内容|推荐)?|"
    "(?:為您|為你|編輯|精選|今日)推薦|추천 ?(?:기사|콘텐츠)|"
    "قد يعجبك أيضا",
    "most_read": "(?:the )?(?:top \\d+ )?most (?:read|popular|viewed|shared|watched|discussed)"
    "(?: (?:in|on|this) .{1,30})?|trending(?: (?:now|today|stories|news))?|"
    "popular(?: (?:stories|now|news|articles|posts|reads|(?:in|on) .{1,30}))?|most commented|"
    "beliebte(?:ste)? (?:artikel|beiträge|themen)|meist(?:geklickt|kommentiert|geteilt|gesehen)|"
    "top stories|meistgelesen|"
    "beliebt|les plus lus|lo más (?:leído|visto)|mais lidas?|più letti|самое читаемое|популярное|najpopularniejsze|"
    "meest gelezen|mest läst|mest lest|mest læste|en çok okunan(?:lar)?|アクセスランキング|"
    "人気(?:記事|ランキング)|(?:热门|最热)(?:文章|新闻|推荐)?|(?:热门|热点|今日|本周|点击|阅读|新闻|文章|评论){1,3}排行榜?|"
    "24小时(?:热闻|热点|热榜|排行)|熱門(?:新聞|文章)|"
    "인기 (?:뉴스|기사)|"
    "terpopuler|많이 본 (?:뉴스|기사)|"
    "الأكثر قراءة",
    "videos": "(?:热门|精彩|推荐|相关|最新|热点)视频|視頻推薦|(?:熱門|相關)(?:影音|影片)|(?:関連|人気|おすすめ)動画|"
    "(?:추천|관련|인기) ?(?:영상|동영상)",
    "pictures": "(?:精彩|热门|高清|推荐|精选)(?:图片|组图|图集|美图)|图片(?:新闻|推荐|故事)|(?:精彩|熱門)(?:圖片|組圖)|"
    "(?:関連|人気)写真|フォトギャラリー|(?:관련|인기) ?사진|포토 ?뉴스",
    "related": "related(?: (?:stories|articles|news|content|coverage|posts|topics|reading))?|more (?:stories|"
    "news|from .{1,40}|on .{1,40}|in .{1,40})|"
    "read (?:next|more(?: stories)?|also)|for more(?: on (?:this|that)(?: story| topic)?)?,? (?:please )?(?:read|see)|"
    "up next|see also|also read|keep reading|further reading|what to read next|"
    "latest(?: news| stories)?|more like this|"
    "(?:latest|recent|other|similar|featured) (?:headlines|stories|articles|posts|news)|"
    "more to explore|"
    "verwandte (?:artikel|themen)|ähnliche (?:artikel|beiträge|themen)|"
    "weitere (?:artikel|nachrichten|themen|meldungen|beiträge|news)|"
    "(?:aktuelle|neue|neueste|neuste) (?:nachrichten|artikel|meldungen|news|beiträge)|"
    "mehr (?:dazu|zum thema|aus .{1,30})|lesen sie auch|auch interessant|"
    "(?:zum )?weiterlesen|schon gelesen\\?|auch lesenswert|lesetipps?|"
    "articles? (?:liés|similaires)|"
    "sur le même sujet|(?:à )?(?:lire|voir) (?:aussi|également)|le[ea] (?:también|más)|"
    "noticias relacionadas|artículos relacionados|relacionad[oa]s|"
    "notícias relacionadas|leia (?:também|mais)|saiba mais|veja também|"
    "articoli correlati|leggi anche|похожие (?:новости|статьи)|читайте также|по теме|"
    "powiązane|(?:prze)?czytaj (?:także|też|również)|"
    "zobacz (?:także|też|również)|čtěte také|"
    "lees ook|gerelateerd|läs (?:också|även)|les også|læs også|ilgili haberler|関連記事|関連ニュース|"
    "あわせて読みたい|相关(?:新闻|阅读|文章|报道|推荐|内容)|相關(?:新聞|閱讀|文章|報導)|(?:推荐|延伸|"
    "扩展)阅读|(?:推薦|延伸)閱讀|"
    "最新(?:文章|新闻|消息|报道|资讯|动态)|(?:相关|更多)(?:资讯|报导|专题|链接|阅读)|"
    "(?:此前|早前|先前)(?:报道|報導)|更多新聞(?:推薦)?|관련 ?(?:기사|뉴스)|"
    "(?:أخبار|مواضيع|مقالات) ذات صلة|اقرأ (?:أيض(?:ا|اً|ًا)|المزيد)|"
    "(?:บทความ|ข่าว|เรื่อง)ที่เกี่ยวข้อง|อ่านเพิ่มเติม|ये भी पढ़ें|קראו? (?:גם|עוד)|כתבות נוספות|xem thêm|"
    "вижте (?:още|също)|читайте (?:також|ще)|смотрите также|benzer haberler|"
    "kapcsolódó (?:cikkek|írások)|související články|artikel terkait|lue (?:myös|lisää)|lees (?:meer|verder)|"
    "(?:ακόμα )?διαβάστε(?: επίσης| ακόμ[αη])?|διάβασε (?:επίσης|ακόμ[αη])|σχετικά άρθρα|citește și|"
    "relater(?:te|ede|ade) (?:saker|artikler|artiklar)|pročitajte (?:i|još)|"
    "इन्हें भी पढ़ें|संबंधित खबरें|baca juga|berita terkait|tin liên quan",
}
_ALSO: dict[str, str] = {
    "people": "persons|personen in diesem artikel|personaggi|protagonisti|protagonistas|pessoas|osoby|"
    "персоны|персони|相关人物|相關人物|関連人物|人物|인물|الشخصيات|kişiler|personer|henkilöt|osobnosti|"
    "személyek|πρόσωπα|"
    "personajes|关联人物|관련 인물|등장 인물|key people|people in the news",
    "topics": "filed under|more on|more on this topic|more on these topics|explore more on these topics|"
    "explore topics|tagged|tagged with|keywords|schlagworte|stichwörter|stichworte|thème|thèmes|"
    "mots-clés|mots clés|sujets|etiquetas|archivado en|palabras clave|tag|tópicos|assuntos|"
    "palavras-chave|parole chiave|trefwoorden|tagi|słowa kluczowe|emner|aiheet|avainsanat|asiasanat|"
    "témata|štítky|klíčová slova|témy|címkék|témák|ετικέτες|θέματα|từ khóa|chủ đề|etichete|subiecte|"
    "תגיות|נושאים|ключевые слова|тэги|теми|етикети|ключови думи|oznake|teme|teemad|žymos|birkas|"
    "キーワード|关键词|關鍵詞|標籤|话题|키워드|해시태그|الكلمات المفتاحية|الكلمات الدلالية|برچسب‌ها|"
    "برچسب ها|کلیدواژه‌ها|टैग|टैग्स|แท็ก|topik|anahtar kelimeler|temes|etiquetes|"
    "more about|read more about|mentioned in this article|mentioned in this story|topics in this article|"
    "themen in diesem artikel|themen zu diesem artikel|mehr zu diesen themen|dans cet article|"
    "sujets associés|sujets liés|en esta noticia|en esta nota|temas relacionados|nesta notícia|"
    "nesta matéria|in questo articolo|в этой статье|в этом материале|في هذا المقال|في هذا الخبر|"
    "この記事のキーワード|この記事のタグ|トピックス|本文提及|本文标签|文章标签|相关话题|관련 키워드|관련 태그|"
    "이 기사의 키워드|विषय|bu haberde|ilgili konular",
    "most_read": "am meisten gelesen|am häufigsten gelesen|meistgelesene artikel|meistgelesene nachrichten|"
    "beliebte artikel|les articles les plus lus|articles les plus lus|les plus consultés|"
    "les plus populaires|le plus lu|más leídas|más leídos|más leído|las más leídas|los más leídos|"
    "las noticias más leídas|más vistas|i più letti|le più lette|gli articoli più letti|as mais lidas|"
    "mais vistas|mais populares|best gelezen|najczęściej czytane|najchętniej czytane|najczytniejsze|"
    "排行榜|点击排行|阅读排行|新闻排行|热点排行|热榜|熱門|热点新闻|ランキング|注目記事|"
    "よく読まれている記事|랭킹 뉴스|인기기사|많이 본 기사|luetuimmat|suosituimmat|nejčtenější|"
    "najčítanejšie|legolvasottabb|legnépszerűbb|δημοφιλή|πιο δημοφιλή|τα πιο δημοφιλή|δημοφιλέστερα|"
    "đọc nhiều|đọc nhiều nhất|xem nhiều|सबसे ज्यादा पढ़ी गईं|लोकप्रिय|ट्रेंडिंग|הנקראות ביותר|"
    "הנצפות ביותר|הכי נקראות|cele mai citite|cele mai populare|популярне|популярні новини|"
    "популярные новости|популярные статьи|читаемое|самые читаемые|най-четени|най-четените|најчитаније|"
    "najčitanije|najbolj brano|ข่าวยอดนิยม|ยอดนิยม|el més llegit|els més llegits|সর্বাধিক পঠিত|"
    "পাঠকপ্রিয়|پربازدیدترین‌ها|پربازدیدترین|enim loetud|loetumad|skaitomiausi|lasītākie|mest sete|"
    "populärt|populært|popülerler|banyak dibaca|"
    "what's trending|top-artikel|lo más popular|lo más destacado|главные новости|главное|новости дня|"
    "人気記事ランキング|よく読まれている|よく読まれているニュース|阅读排行榜|热门排行|热门推荐|"
    "이 시각 주요 뉴스|이 시각 주요뉴스|주요 뉴스|주요뉴스|가장 많이 본 뉴스|"
    "가장 많이 본 기사|सबसे ज्यादा पढ़ी गई|सबसे ज़्यादा पढ़ी गई|लोकप्रिय खबरें|çok okunanlar",
    "related": "para saber más|pour aller plus loin|per approfondire|"
    "läs mer|mer om|mere om|les mer|læs mere|aiheesta lisää|यह भी पढ़ें|संबंधित समाचार|مطالب مرتبط|"
    "اخبار مرتبط|بیشتر بخوانید|по темата|още по темата|сродни новини|notícies relacionades|llegeix també|"
    "повезане вести|прочитајте још|povezane vesti|povezane vijesti|povezane novice|preberite še|"
    "আরও পড়ুন|আরো পড়ুন|সম্পর্কিত খবর|מאמרים קשורים|bài viết liên quan|có thể bạn quan tâm|"
    "súvisiace články|prečítajte si aj|čtěte také|seotud artiklid|loe ka|susiję straipsniai|"
    "taip pat skaitykite|saistītie raksti|lasi arī|powiązane artykuły|warto przeczytać|схожі новини|"
    "схожі матеріали|матеріали по темі|ajánlott cikkek|articole similare|articole recomandate|"
    "berita lainnya|bununla ilgili|diğer haberler|σχετικά|تابع أيضا|إقرأ أيضا|إقرأ أيضاً|"
    "don't miss|don’t miss|in case you missed it|must read|must reads|mehr artikel|mehr nachrichten|"
    "passend dazu|à découvrir|à découvrir aussi|dans la même rubrique|autres articles|plus d'articles|"
    "plus d’articles|dernières actualités|derniers articles|más noticias|otras noticias|últimas noticias|"
    "ver también|mais notícias|outras notícias|altre notizie|altri articoli|ultime notizie|"
    "articoli simili|notizie correlate|vedi anche|материалы по теме|новости по теме|другие новости|"
    "ещё по теме|еще по теме|последние новости|связанные материалы|أخبار متعلقة|أخبار أخرى|أخبار مشابهة|"
    "مقالات متعلقة|مقالات أخرى|آخر الأخبار|المزيد من الأخبار|最新記事|最新ニュース|新着記事|関連する記事|"
    "更多新闻|更多文章|更多资讯|更多新聞|"
    "最新新聞|최신 뉴스|최신 기사|최신뉴스|संबंधित लेख|और खबरें|ताजा खबरें|son haberler|öne çıkanlar",
    "also_like": "recommended reading|recommended articles|recommended stories|you might have missed|"
    "you may have missed|our picks|picked for you|more for you|unsere empfehlungen|"
    "empfehlungen der redaktion|empfohlene artikel|empfohlene beiträge|für sie empfohlen|"
    "tipps der redaktion|nos recommandations|on vous recommande|recommandés|à ne pas manquer|"
    "te recomendamos|recomendaciones|quizás te interese|você pode gostar|você vai gostar|pode interessar|"
    "recomendadas|ti potrebbe interessare|ti potrebbe interessare anche|potrebbero interessarti|"
    "potrebbero interessarti anche|ti potrebbero interessare|consigliati|consigliati per te|"
    "da non perdere|こちらもおすすめ|編集部のおすすめ|この記事を読んだ人は|你可能也喜歡|您可能也喜歡|"
    "你可能感興趣|您可能感興趣|为你推荐|為你推薦|大家都在看|추천 뉴스|추천기사|"
    "함께 보면 좋은 기사|bunlar da ilginizi çekebilir|sizin için seçtiklerimiz|önerilen haberler|önerilenler",
}
_PLAIN = {words: kind for kind, several in _ALSO.items() for words in several.split("|")}
"""Looked up rather than matched: most lines of a page head nothing, and each is asked."""
_HEADING = re.compile("|".join(rf"(?P<{kind}>(?:{words.lower()})\s*[:：]?)" for kind, words in _HEADINGS.items()))
"""One pattern over lower case: ignoring case costs several times as much."""
_TELLING = re.compile(
    r"(?P<most_read>\bmost\b(?! recent)|\btop\b|\bhot|popul|trending|beliebt|meist|plus (?:lus?|vus?|populaires?)"
    r"|más (?:leíd|vist|popular)|mais (?:lid|vist)|più (?:lett|vist)|популярн|сам(?:ое|ые)|الأكثر|أهم|人気|読まれて"
    r"|ランキング|热门|熱門|排行|인기|많이|많은|en çok|çok okunan|\bnaj(?!now|nov|bliż|bliž|star)\w|\bnej(?!nov"
    r"|bliž|star)\w|\bleg(?!fris|újabb|utób|köze)\w+bb|cele mai (?!noi)|най(?!нов)|περισσότερ|הכי|meest|mest "
    r"|luetuim|terpopuler"
    r"|đọc nhiều|δημοφιλ|लोकप्रिय|सबसे)"
    r"|(?P<also_like>\blike\b|\bfor you\b|recommend|\bpicks?\b|suggest|empfehl|empfiehlt|empfohl|interess|recom[ae]nd"
    r"|recommand|puede|gustar|gostar|consigliat|рекоменд|может|おすすめ|オススメ|推荐|推薦|추천|आपके लिए|öner|ilgin"
    r"|polec|aanbevolen|doporuč|ajánl|قد |líbit|zaujm|zaujať|zajím|zainteres|interes|érdekel|tetsz|kiinnost"
    r"|pidä(?:t|tte)|ενδιαφέρ|αρέσ|сподоб|зацікав"
    r"|понрав|интерес|beğen|hoşun|thích|quan tâm|disukai|minat|पसंद|পছন্দ|ভালো লাগ|விரும்ப|penda|synes om|אהב"
    r"|לעניין|좋아|관심|興味)"
)
_MEDIA = re.compile(
    r"(?P<videos>\bv[ií]d[eé]o|\bwideo|відео|видео|βίντεο|וידאו|ویدیو|فيديو|वीडियो|ভিডিও|வீடியோ|動画|视频|視頻|影音|동영상|영상|คลิป|вiдео|watch\b)"
    r"|(?P<pictures>\bpictures?\b|\bphotos?\b|\bgaler|\bgaller|\bfoto|\bbilder(?:galerie|strecke)?|\bkuvat|kuvagaller|\bképek|képgal|фото|φωτο|写真|图片|圖片"
    r"|図|사진|화보|صور|תמונות|तस्वीर|ছবি|படங்கள்|\bresim)"
    r"|(?P<podcasts>\bpod[ck]ast|подкаст|ポッドキャスト|播客|팟캐스트|بودكاست|פודקאסט|पॉडकास्ट|hanganyag)"
)
"""In headings above what is watched, looked at or heard."""
_NO_STORIES = re.compile(
    r"advert|sponsor|promo|anzeige|werbung|publicidad|publicité|реклам|広告|广告|광고|newsletter|subscri|abonn"
    r"|támogatott|reklám|спонсор|mainos|kaupallinen|quảng cáo|tài trợ|\biklan|χορηγ|διαφημ|ממומן|פרסומ|विज्ञापन"
    r"|বিজ্ঞাপন|விளம்பர|tangazo"
    r"|comment|[kc]omentar|kommentar|комментар|コメント|评论|댓글|\barchives?\b|labels|[ck]ategor|share|teilen",
    re.I,
)
"""In headings above links that are no stories: advertisements, comments, archives, categories."""

_ENTITY_TYPES = (
    "actor|agency|artist|athlete|author|band|book|brand|celebrity|channel|cidade|città|city|ciudad|company|"
    "continent|country|county|disease|event|film|government|industry|land|league|lieu|location|lugar|luogo|"
    "movie|musician|news break|newsbreak|organisation|organization|ort|paese|party|pays|país|people|person|"
    "place|politician|product|region|school|show|sports team|stadt|state|team|topic|tv show|university|ville|"
    "город|место|персона|страна|человек"
)
ENTITY_TYPES = frozenset(_ENTITY_TYPES.split("|"))


@lru_cache(maxsize=20_000)
def heading_kind(text: str) -> str | None:
    """The kind of panel a line opens, or None where it is no such heading."""
    if len(text) > 60:
        return None
    lower = text.lower().replace("i\u0307", "i")  # of the Turkish capital
    if plain := _PLAIN.get(lower.rstrip(" :：")):
        return plain
    found = _HEADING.fullmatch(lower)
    return found.lastgroup if found else None


OF_STORIES = frozenset({"related", "also_like", "most_read"})
"""Kinds of panels whose cards are other stories."""


def kind_by_a_word(text: str) -> str:
    """The kind of panel that a heading above stories tells by any of its words; ``related`` where none tells more."""
    lower = text.lower().replace("i\u0307", "i")
    found = _TELLING.search(lower) or _MEDIA.search(lower)
    return (found.lastgroup or "related") if found else "related"


def heads_no_stories(text: str) -> bool:
    """True for a heading above links that lead to no stories."""
    return _NO_STORIES.search(text) is not None
