// The page works without this script: marks are links. It adds: a choice where several marks lie on the same words,
// the other end lit up on hover and focus, the switches "all" and "none", and marks of hidden layers out of the tab order.
"use strict";
(() => {
  const text = document.getElementById("text");
  const chooser = document.getElementById("chooser");
  const boxes = [...document.querySelectorAll("#report .switches input")];
  const pieces = [...text.querySelectorAll(".m")];
  const rowOf = new Map();
  for (const row of document.querySelectorAll("[data-has]")) {
    for (const mark of row.dataset.has.split(" ")) if (mark && !rowOf.has(mark)) rowOf.set(mark, row);
  }
  const piecesOf = new Map();
  for (const piece of pieces) {
    for (const mark of piece.dataset.marks.split(" ")) {
      if (!piecesOf.has(mark)) piecesOf.set(mark, []);
      piecesOf.get(mark).push(piece);
    }
  }


  function shown() {
    return new Set(boxes.filter((box) => box.checked).map((box) => box.id.slice(5)));
  }

  // A mark carries its layer in front: "times-t3".
  function layerOf(mark) {
    return mark.slice(0, mark.indexOf("-"));
  }

  function marksOn(piece) {
    const on = shown();
    return piece.dataset.marks.split(" ").filter((mark) => rowOf.has(mark) && on.has(layerOf(mark)));
  }

  function refresh() {
    for (const piece of pieces) piece.tabIndex = piece.tagName === "A" && marksOn(piece).length ? 0 : -1;
  }

  function open(row) {
    if (row.hidden) row.hidden = row.closest(".dayblock").hidden = false;
    for (let up = row.parentElement; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  }

  function go(row) {
    open(row);
    history.pushState(null, "", "#" + row.id);
    row.scrollIntoView({ block: "center" });
    row.focus({ preventScroll: true });
    flash([row]);
  }

  function flash(elements) {
    for (const old of document.querySelectorAll(".found")) old.classList.remove("found");
    for (const element of elements) element.classList.add("found");
  }

  function close(back) {
    chooser.hidden = true;
    if (back && chooser.from) chooser.from.focus({ preventScroll: true });
  }

  function choose(piece, rows) {
    chooser.replaceChildren();
    for (const row of rows) {
      const item = document.createElement("button");
      item.type = "button";
      item.setAttribute("role", "menuitem");
      item.textContent = row.dataset.label;
      item.addEventListener("click", () => { close(false); go(row); });
      chooser.append(item);
    }
    chooser.from = piece;
    chooser.hidden = false;
    const where = piece.getClientRects()[0];
    const left = Math.min(where.left + window.scrollX, window.scrollX + document.documentElement.clientWidth - chooser.offsetWidth - 8);
    chooser.style.setProperty("left", Math.max(left, 4) + "px");
    chooser.style.setProperty("top", where.bottom + window.scrollY + 4 + "px");
    chooser.firstElementChild.focus({ preventScroll: true });
  }

  text.addEventListener("click", (event) => {
    const piece = event.target.closest(".m");
    if (!piece) return;
    event.preventDefault();
    const rows = [...new Set(marksOn(piece).map((mark) => rowOf.get(mark)))];
    if (rows.length === 1) go(rows[0]);
    else if (rows.length > 1) choose(piece, rows);
  });

  // From a line of the record to its words: all pieces of the mark light up, not only the first.
  document.addEventListener("click", (event) => {
    if (!chooser.hidden && !chooser.contains(event.target) && !event.target.closest(".m")) close(false);
    const link = event.target.closest("a[href^='#']");
    if (!link || text.contains(link)) return;
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    if (target.closest("#text")) {
      const own = link.closest("[data-has]");
      const all = own ? own.dataset.has.split(" ").flatMap((mark) => piecesOf.get(mark) || []) : [];
      flash(all.includes(target) ? [target, ...all] : [target]);
    } else {
      open(target);
      flash([target]);
    }
  });

  chooser.addEventListener("keydown", (event) => {
    const items = [...chooser.children];
    const here = items.indexOf(document.activeElement);
    if (event.key === "Escape") close(true);
    else if (event.key === "ArrowDown") items[(here + 1) % items.length].focus();
    else if (event.key === "ArrowUp") items[(here - 1 + items.length) % items.length].focus();
    else return;
    event.preventDefault();
  });

  function light(event, on) {
    const piece = event.target.closest && event.target.closest(".m");
    const row = event.target.closest && event.target.closest("[data-has]");
    const rows = piece ? marksOn(piece).map((mark) => rowOf.get(mark)) : [];
    const words = row ? row.dataset.has.split(" ").flatMap((mark) => piecesOf.get(mark) || []) : [];
    for (const element of [...rows, ...words]) element.classList.toggle("hot", on);
  }
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => light(event, on));
  }

  // A line is shown while every kind that it is of is switched on; a day without a line left goes too.
  const filters = document.getElementById("filters");
  function filter() {
    const off = new Set([...filters.querySelectorAll("input:not(:checked)")].flatMap((box) => box.value.split(" ")));
    for (const day of document.querySelectorAll(".dayblock")) {
      for (const line of day.querySelectorAll(".line")) line.hidden = line.dataset.kinds.split(" ").some((kind) => off.has(kind));
      day.hidden = !day.querySelector(".line:not([hidden])");
    }
  }
  if (filters) {
    filters.hidden = false;
    filters.addEventListener("change", filter);
  }

  for (const box of boxes) box.addEventListener("change", refresh);
  for (const button of document.querySelectorAll("[data-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const box of boxes) box.checked = Boolean(button.dataset.all);
      refresh();
    });
  }
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target) open(target);
  });
  refresh();
  document.documentElement.dataset.ready = String(pieces.length);
})();
