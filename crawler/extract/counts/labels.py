"""The words that name a count, in the languages of the press."""

from __future__ import annotations

import re

from crawler.extract.counts.units import fold

# Folded forms; a stem followed by * stands for its inflections.
_WORDS: dict[str, str] = {
    "followers": (
        "follower* followed subscribers subscriber abonnent* seguidor* abonné* abonne* iscritti подписчик* "
        "підписник* obserwując* volgers följare følgere seuraajaa takipçi* フォロワー フォロワー数 登録者 "
        "粉丝 粉絲 粉丝数 粉絲數 关注者 팔로워 구독자 متابع* עוקבים फ़ॉलोअर* फ़ॉलोअर्स pengikut "
        "ผู้ติดตาม người-theo-dõi abonați urmăritori követő* feliratkozó* ακόλουθοι συνδρομητές sledujících "
        "odběratelů sledovateľov pratitelja pratilaca последовател* абонат* অনুসারী دنبال\u200cکننده"
    ),
    "following": "following abonnements seguidos 关注中 フォロー中",
    "posts": (
        "post posts articles stories beiträge beitrag artikel publications publicaciones publicações entradas "
        "публикаци* записей postów berichten inlägg 投稿 投稿数 帖子 总篇数 篇数 文章数 게시물 منشورات postingan"
    ),
    "views": (
        "view views reads read pageviews impressions aufrufe mal-gelesen vues vistas visualizaciones visitas "
        "reproducciones reproduções visualizado "
        "visualizações visualizzazioni просмотр* переглядів wyświetleń weergaven visningar visninger "
        "görüntülenme* görüntüleme* izlenme* 回視聴 閲覧数 ビュー 次观看 播放 次播放 播放量 观看 閲覧 再生 "
        "阅读数 阅读量 浏览数 浏览量 浏览次数 点击数 点击量 点击次数 人气 閱讀數 瀏覽數 瀏覽次數 點閱 點閱數 人氣 "
        "再生回数 回再生 阅读 閱讀 浏览 조회 조회수 مشاهد* צפיות बार-देखा tayangan penonton ditonton "
        "dibaca lượt-xem "
        "zhlédnutí zobrazení zhliadnutí megtekintés vizualizări afișări προβολές pregleda прегледа гледания "
        "katselukertaa lukukertaa व्यूज़ व्यूज व्यू बार-देखा-गया ভিউ بازدید ยอดวิว การดู"
    ),
    "comments": (
        "comment comments kommentar kommentare kommentarer commentaire* comentario* comentário* commenti "
        "commento комментари* коментар* komentarz* komentarzy reacties reactie kommenttia yorum yorumlar "
        "コメント 评论 評論 留言 跟贴 跟帖 跟贴数 评论数 评论量 评论次数 回帖 "
        "댓글 تعليق* תגובות टिप्पणियाँ टिप्पणी komentar bình-luận replies reply "
        "responses komentářů komentáře komentář komentárov hozzászólás* comentarii comentariu σχόλια σχόλιο "
        "komentara komentari коментара মন্তব্য نظر دیدگاه ความคิดเห็น"
    ),
    "shares": (
        "share shares geteilt partages partage compartido* compartilhament* condivisioni поделились репост* "
        "udostępnień gedeeld delningar delinger paylaşım 공유 シェア 分享 مشارك* שיתופים dibagikan retweets "
        "reposts sdílení megosztás distribuiri κοινοποιήσεις dijeljenja споделяния jakoa chia-sẻ"
    ),
    "likes": (
        "like likes upvotes upvote claps clap gefällt-mir j'aime me-gusta curtidas mi-piace нравится лайк* "
        "polubie* vind-ik-leuks gilla beğeni いいね いいね! 点赞 讚 赞 좋아요 إعجاب* לייקים पसंद suka"
    ),
    "reactions": "reaction reactions reaktionen réactions reacciones reações reazioni реакци*",
    "votes": "vote votes stimmen voti votos голос*",
    "downloads": "download downloads загрузок téléchargements descargas",
    "members": "member members mitglieder membres miembros membros участник*",
}


_LETTER = "(?:[^\\W\\d_]|[\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e4e])"
"""A letter, or a sign of a vowel, which is none to the expression."""


def _groups(*, ascii_only: bool) -> str:
    """The words of each count as a group of its name."""
    folded = {name: fold(words).split() for name, words in _WORDS.items()}
    return "|".join(
        f"(?P<{name}>{_alternation([word for word in words if word.isascii() or not ascii_only])})"
        for name, words in folded.items()
    )


def _alternation(words: list[str]) -> str:
    forms = (re.escape(word).replace(r"\*", rf"{_LETTER}*").replace(r"\-", r"[\s-]") for word in words)
    return "|".join(sorted(set(forms), key=len, reverse=True))


_BEFORE = r"(?:(?<![^\W\d_])|(?<=[万億亿千만천억KkMm+の次条條回個个]))"
_BEHIND = r"(?:\(s\))?(?![^\W\d_])"
LABEL = re.compile(rf"{_BEFORE}(?:{_groups(ascii_only=False)}){_BEHIND}|(?P<cjk_comments>コメント|评论|評論|留言|댓글)")
_LABEL_IN_ASCII = re.compile(rf"{_BEFORE}(?:{_groups(ascii_only=True)}){_BEHIND}")
"""The same for texts in ASCII, of which it takes a third of the time."""


def stems_of(name: str) -> tuple[str, ...]:
    """What the words begin with that name a count, in lower case, without endings and joints."""
    stems = (re.split(r"[*\-\u200c]", word)[0] for word in _WORDS[name].split())
    return tuple(dict.fromkeys(stem for stem in stems if len(stem) > 1))


_LETTERS = re.compile(r"[a-z]+")
_BEGINNINGS = frozenset(
    begins[0][:3] for words in _WORDS.values() for word in words.split() if (begins := _LETTERS.match(word))
)
"""The first letters, at most three, of the words in ASCII."""


def label_in(folded: str) -> tuple[str, re.Match[str]] | None:
    """The first count word of a folded text: the count's name, and where it stands."""
    if folded.isascii():  # most hold none, as a look at their words' beginnings tells
        words = _LETTERS.findall(folded)
        words += [word[1:] for word in words if word[0] in "km"]  # "5kfollowers"
        if _BEGINNINGS.isdisjoint([word[:3] for word in words]):
            return None
    if found := (_LABEL_IN_ASCII if folded.isascii() else LABEL).search(folded):
        name = (found.lastgroup or "").removeprefix("cjk_")
        return name, found
    return None
