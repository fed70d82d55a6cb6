// Every page works without this script. It adds: keys, results as one types, names suggested, the next page when the end
// of a list is near, and parts of a page that open for what was asked.
"use strict";
(() => {
  const $ = (what, from = document) => from.querySelector(what);
  const all = (what, from = document) => [...from.querySelectorAll(what)];

  async function page(address) {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  // Lists: the next page is put behind this one; days that go on keep one heading.
  function stream() {
    const rows = $("#rows");
    let next = $(".pages a[rel=next]");
    if (!rows || !next || !("IntersectionObserver" in window)) return;
    let busy = false;
    const watch = new IntersectionObserver(async (seen) => {
      if (busy || !seen.some((one) => one.isIntersecting)) return;
      busy = true;
      const got = await page(next.href);
      const more = got && $("#rows", got);
      if (!more || !document.contains(rows)) { watch.disconnect(); return; }
      append(rows, more);
      const after = $(".pages a[rel=next]", got);
      if (after) next.href = after.getAttribute("href"); else { next.remove(); watch.disconnect(); }
      busy = false;
    }, { rootMargin: "600px" });
    watch.observe(next);
  }

  function append(rows, more) {
    const own = $("ol, ul, tbody", rows), other = $("ol, ul, tbody", more);
    if (!$(".dayrows", more)) { own.append(...document.adoptNode(other).children); return; }
    for (const day of [...more.children]) {
      const last = rows.lastElementChild;
      if (last.dataset.day === day.dataset.day) $("ol", last).append(...document.adoptNode($("ol", day)).children);
      else rows.append(document.adoptNode(day));
    }
  }

  // Results as one types: the page of the new address takes the place of this one's results.
  function typing() {
    const form = $(".choose:not(.line)");
    const words = form && $("input[name=q]", form);
    if (!words || !$("#found")) return;
    let wait = 0, turn = 0;
    words.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(async () => {
        const mine = ++turn;
        const asked = new URLSearchParams(new FormData(form));
        for (const [name, value] of [...asked]) if (!value) asked.delete(name);
        const address = form.getAttribute("action") + "?" + asked;
        const got = await page(address);
        if (!got || mine !== turn) return;
        history.replaceState(null, "", address);
        $("#found").replaceWith(document.adoptNode($("#found", got)));
        $("#find").value = words.value;
        stream();
        document.dispatchEvent(new Event("found"));
      }, 220);
    });
  }

  function suggesting() {
    const box = $("#find"), list = $("#suggestions");
    if (!box) return;
    let wait = 0, turn = 0;
    const close = () => { list.hidden = true; };
    box.addEventListener("input", () => {
      clearTimeout(wait);
      const letters = box.value.trim();
      if (letters.length < 3) { turn++; close(); return; }
      wait = setTimeout(async () => {
        const mine = ++turn;
        const got = await page("/suggest?" + new URLSearchParams({ q: letters }));
        if (!got || mine !== turn) return;
        list.replaceChildren(...document.adoptNode(got.body).children);
        list.hidden = !list.firstElementChild;
      }, 140);
    });
    $(".find").addEventListener("keydown", (event) => {
      const links = all("a", list);
      const at = links.indexOf(document.activeElement);
      if (event.key === "Escape") { close(); box.focus(); return; }
      if (list.hidden || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
      event.preventDefault();
      const to = event.key === "ArrowDown" ? at + 1 : at - 1;
      (links[to] || box).focus();
    });
    document.addEventListener("click", (event) => { if (!event.target.closest(".find")) close(); });
  }

  // Keys. None works while somebody writes.
  const sections = { t: "/", c: "/chronicle", m: "/map", l: "/timeline", n: "/network", d: "/differences", a: "/actors", p: "/places", e: "/things", r: "/reports", k: "/corrections" };
  let after = "";
  let here = -1;
  function step(by) {
    const events = all(".event");
    if (!events.length) return;
    here = Math.max(0, Math.min(events.length - 1, here + by));
    for (const one of events) one.classList.toggle("here", one === events[here]);
    const link = $("a.main", events[here]);
    if (link) link.focus({ preventScroll: true });
    events[here].scrollIntoView({ block: "nearest" });
  }
  function opened(key) {
    const part = $(`details[data-key="${key}"]`);
    if (!part) return false;
    part.open = true;
    const field = $("select, input:not([type=hidden])", part);
    (field || $("summary", part)).focus();
    part.scrollIntoView({ block: "nearest" });
    return true;
  }
  // The timeline: + - and arrows, and dragging it along; each stretch of days has its address.
  const signs = { "+": "+", "=": "+", "-": "−", ArrowLeft: "‹", ArrowRight: "›" };
  function zoomed(key) {
    const link = signs[key] && $("#zoom") && all("#zoom a").find((one) => one.dataset.step === signs[key]);
    if (link) swap(link.href);
    return Boolean(link);
  }
  async function swap(address) {
    const got = await page(address);
    if (!got) return;
    history.pushState({ swapped: true }, "", address);
    put(got);
  }
  function put(got) {
    for (const part of ["#found", ".side"]) {
      const other = $(part, got);
      if ($(part) && other) $(part).replaceWith(document.adoptNode(other));
    }
    typing();
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#zoom a");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    swap(link.href);
  });
  window.addEventListener("popstate", async () => {
    if (!$("#zoom")) return;
    const got = await page(location.href);
    if (got) put(got); else location.reload();
  });
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, select, textarea");
    if (event.key === "Escape" && writing) { writing.blur(); return; }
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key;
    if (after === "g") { after = ""; if (sections[key]) location.href = sections[key]; return; }
    if (key === "g") after = "g";
    else if (key === "/") $("#find").focus();
    else if (zoomed(key)) { /* the timeline takes it */ }
    else if (key === "j") step(1);
    else if (key === "k") step(-1);
    else if (key === "u" && $("button[data-key=u]")) $("button[data-key=u]").focus();
    else if (key === "c" && $("#correct")) { $("#correct").scrollIntoView(); $("#correct summary").focus(); }
    else if (key === "c" && here >= 0) location.href = $("a.main", all(".event")[here]).href + "#correct";
    else if (!/^[a-z0-9]$/.test(key) || !opened(key)) return;
    event.preventDefault();
  });

  const narrow = window.matchMedia("(max-width: 860px)");
  if (narrow.matches) for (const part of all(".refine, .side .facet")) part.open = false;
  stream();
  typing();
  suggesting();
})();
