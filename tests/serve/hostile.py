"""An archive of reports whose titles, texts, names, quotes, addresses and outlets try to become script. All of it is
written for this test."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from dateline.model import Argument, Attribution, Candidate, Entity, Mention, Place, Record, Span
from dateline.store import Store
from tests.archive.reports import DAY, put
from tests.merge.reports import event, report, with_events

_CALL = "window.__ran=(window.__ran||0)+1"
PAYLOADS = tuple(
    form.replace("CALL", _CALL)
    for form in (
        "<script>CALL</script>",
        "</title><script>CALL</script>",
        "</script><script>CALL</script>",
        "<img src=x onerror=CALL>",
        '"><img src=x onerror=CALL>',
        "'><svg onload=CALL>",
        "<svg/onload=CALL>",
        "<svg><script>CALL</script></svg>",
        "<body onload=CALL>",
        "<iframe srcdoc='<script>parent.CALL</script>'>",
        "<details open ontoggle=CALL>",
        "<input autofocus onfocus=CALL>",
        "<video><source onerror=CALL></video>",
        "<a href='javascript:CALL'>x</a>",
        "<math href='javascript:CALL'>x</math>",
        "<base href='//evil.example/'>",
        "<meta http-equiv=refresh content='0;url=javascript:CALL'>",
        "<link rel=stylesheet href=//evil.example/x.css>",
        "<style>@import '//evil.example/x.css'</style>",
        "<form action=javascript:CALL><button autofocus>",
        "<object data=javascript:CALL>",
        "<embed src=javascript:CALL>",
        '" onmouseover=CALL x="',
        "' onfocus=CALL x='",
        "` onclick=CALL `",
        "{{CALL}}",
        "{% CALL %}",
        "${CALL}",
        "<%= CALL %>",
        "&lt;script&gt;CALL&lt;/script&gt;",
        "&#60;script&#62;CALL&#60;/script&#62;",
        "\\u003cscript\\u003eCALL\\u003c/script\\u003e",
        "]]><script>CALL</script>",
        "--><script>CALL</script>",
        "<!--<script>CALL</script>",
        "<noscript><p title='</noscript><script>CALL</script>'>",
        "<template><script>CALL</script></template>",
        "<xmp><script>CALL</script>",
        "<textarea><script>CALL</script>",
        "</textarea><script>CALL</script>",
        "<plaintext><script>CALL</script>",
        "<marquee onstart=CALL>",
        "<audio src onloadstart=CALL>",
        "<picture><img srcset=//evil.example/x>",
        "<x style=animation-name:x onanimationstart=CALL>",
        "<button formaction=javascript:CALL>",
        "<svg><a xlink:href='javascript:CALL'>",
        "<svg><use href='data:image/svg+xml,x'>",
        "<img src='//evil.example/pixel'>",
        "\u202e<script>CALL</script>",
    )
)
ADDRESSES = (
    "javascript:{}",
    "data:text/html,<script>{}</script>",
    'https://x.example/"onmouseover={}',
    "vbscript:{}",
    "https://x.example/<script>{}</script>",
)
PLACES = ("title", "text", "outlet", "address", "name", "quote")
"""Where each payload is placed in its report."""


def hostile_shelf() -> dict[str, Record]:
    """A report a payload: it stands in every one of :data:`PLACES`."""
    made = (_made(number, payload) for number, payload in enumerate(PAYLOADS))
    return {record.article.id: record for record in made}


def _made(number: int, payload: str) -> Record:
    text = f"Report{number} {payload} seized boats{number} said Somebody"
    plain = report(f"hostile{number}", text, published=DAY + timedelta(days=number % 5), title=f"{payload} {number}")
    article = replace(
        plain.article,
        publisher=f"{payload} Paper {number}",
        url=ADDRESSES[number % len(ADDRESSES)].format(_CALL),
        byline=payload,
    )
    whole = Span(text.index(payload), text.index(payload) + len(payload))
    told = event(plain, "e0", "seized", "COERCE", day=DAY)
    told = replace(
        told,
        arguments=(
            Argument(role="actor", span=whole, name=payload, ref="n0"),
            Argument(role="recipient", span=whole, name=f"{payload} other", ref="n1"),
            Argument(role="equipment", span=whole, name=payload),
        ),
        place="p0",
        attributions=("a0",),
    )
    token = next(n for n, t in enumerate(plain.tokens) if t.start == whole.start)
    names = [
        Entity(id=name, type="ORG", name=f"{payload}{more}", mentions=(f"m{name[1]}",))
        for name, more in (("n0", ""), ("n1", " other"))
    ]
    candidate = Candidate(
        id=f"odd-{number}", name=payload, kind="city", lat=44.0, lon=28.0, country="ROU", admin1=payload
    )
    return replace(
        with_events(replace(plain, article=article), told),
        mentions=tuple(
            Mention(id=f"m{n}", span=whole, kind="NAM", type="ORG", head=token, first=token, last=token + 1)
            for n in (0, 1)
        ),
        entities=tuple(names),
        places=(Place(id="p0", span=whole, name=payload, candidates=(candidate,), resolved=True, radius_km=10),),
        attributions=(
            Attribution(
                id="a0",
                span=Span(0, len(text)),
                source=(whole,),
                content=(Span(0, len(text)),),
                name=payload,
                kind="direct",
                entity="n0",
            ),
        ),
        layers=(
            "sentences",
            "tokens",
            "mentions",
            "entities",
            "places",
            "attributions",
            "events",
            "predicates",
            "factualities",
        ),
    )


def fill(store: Store) -> None:
    """Puts the hostile reports into an archive."""
    shelf = hostile_shelf()
    assert put(store, *shelf, shelf=shelf).errors == 0
