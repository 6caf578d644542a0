// A document's page: rows, text and tree answer one another.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const { words, fill } = taizhang;
  const text = document.getElementById("text");
  const rows = [...document.querySelectorAll(".row")];
  const list = document.querySelector(".rows .list");
  const items = [...document.querySelectorAll(".tree a")];
  const pieces = [...text.querySelectorAll("[data-o]")];
  const marked = pieces.filter((piece) => piece.dataset.n);
  const placesOf = rows.map(() => []);
  for (const piece of pieces) piece.at = Number(piece.dataset.o);
  for (const piece of marked) {
    piece.rows = piece.dataset.n.split(" ").map(Number);
    piece.kept = [...piece.classList].filter((name) => name === "head" || name === "gap");
    for (const n of piece.rows) placesOf[n].push(piece);
  }
  const wanted = { tables: new Set(), role: "", words: "" };
  let only = null; // the numbers of the rows that a place or an item was asked for, or null
  let chosen = -1;
  let focused = null;

  // --- what is shown ---------------------------------------------------------------------------------------------------
  const matches = (row) => {
    const { table, roles } = row.dataset;
    if (wanted.tables.size ? !wanted.tables.has(table) : table === "repairs") return false;
    if (wanted.role && !(roles || "").split(" ").includes(wanted.role)) return false;
    return !wanted.words || row.textContent.toLowerCase().includes(wanted.words);
  };

  const apply = () => {
    let shown = 0;
    rows.forEach((row, n) => {
      row.wanted = matches(row);
      const here = row.wanted && (!only || only.has(n));
      row.parentElement.hidden = !here;
      shown += here;
    });
    document.querySelector(".rows .none").hidden = shown > 0;
    for (const piece of marked) {
      const covers = piece.rows.filter((n) => rows[n].wanted);
      const names = covers.map((n) => `l${rows[n].dataset.lane}-${rows[n].dataset.table}`);
      piece.className = [...piece.kept, ...(covers.length ? ["s", ...names] : [])].join(" ");
      if (covers.length) piece.setAttribute("role", "button");
      else piece.removeAttribute("role");
      piece.title = [...new Set(covers.map((n) => rows[n].querySelector(".tag").textContent))].join("、");
    }
    if (focused && !focused.getAttribute("role")) focused = null;
    rove(focused || marked.find((piece) => piece.getAttribute("role")));
    paint();
  };

  const paint = () => {
    for (const piece of text.querySelectorAll(".on, .in")) piece.classList.remove("on", "in");
    if (chosen < 0) return;
    const row = rows[chosen];
    for (const piece of placesOf[chosen]) piece.classList.add("on");
    if (!placesOf[chosen].length) within(row.dataset).forEach((piece) => piece.classList.add("in"));
  };

  const within = ({ s, e }) => pieces.filter((piece) => piece.at >= Number(s) && piece.at < Number(e));

  const narrow = (numbers, label) => {
    only = numbers;
    const bar = document.querySelector(".narrow");
    bar.hidden = !only;
    apply();
    if (!only) return;
    const shown = [...only].filter((n) => rows[n].wanted).length;
    bar.querySelector("span").textContent = `${label} · ${fill(words.rows_n, { n: shown })}`;
    list.parentElement.scrollTop = 0;
  };

  // --- choosing --------------------------------------------------------------------------------------------------------
  const narrowScreen = matchMedia("(max-width: 56rem)");
  const bring = (element) => element && element.scrollIntoView({ block: narrowScreen.matches ? "start" : "center" });
  const remember = (id) => history.replaceState(null, "", id ? `#${id}` : location.pathname + location.search);

  const choose = (n, { scrollText = true, keepOpen = false } = {}) => {
    if (!keepOpen) for (const row of rows) row.open = false;
    chosen = n;
    if (n >= 0) {
      const row = rows[n];
      row.open = true;
      remember(row.id);
      paint();
      if (scrollText) bring(placesOf[n][0] || within(row.dataset)[0]);
      row.scrollIntoView({ block: "nearest" });
    } else {
      remember("");
      paint();
    }
  };

  const openPlace = (piece) => {
    const covers = piece.rows.filter((n) => rows[n].wanted);
    if (!covers.length) return;
    sheet("rows");
    narrow(new Set(covers), words.here);
    for (const row of rows) row.open = false;
    for (const n of covers) rows[n].open = true;
    choose(covers[covers.length - 1], { scrollText: false, keepOpen: true });
    list.parentElement.scrollTop = 0;
    if (narrowScreen.matches) bring(piece);
    rove(piece);
  };

  const openItem = (link) => {
    const [start, end] = [Number(link.dataset.s), Number(link.dataset.e)];
    for (const one of items) one.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    chosen = -1;
    const inside = rows.flatMap((row, n) => (Number(row.dataset.s) >= start && Number(row.dataset.s) < end ? [n] : []));
    narrow(new Set(inside), words.item);
    within(link.dataset).forEach((piece) => piece.classList.add("in"));
    remember(link.hash.slice(1));
    sheet("");
    const mark = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (mark) (mark.nextElementSibling || mark).scrollIntoView({ block: "start" });
  };

  const clear = () => {
    for (const one of items) one.removeAttribute("aria-current");
    choose(-1);
    narrow(null);
  };

  // A place from the search: #at-START-END in code points.
  const openStretch = (start, end) => {
    let piece = pieces[0];
    for (const one of pieces) if (one.at <= start && one.textContent) piece = one;
    if (!piece) return;
    const units = (element, points) => Array.from(element.textContent).slice(0, points).join("").length;
    let last = piece;
    for (const one of pieces) if (one.at < end && one.textContent) last = one;
    if (!piece.firstChild || !last.firstChild) return;
    getSelection().setBaseAndExtent(piece.firstChild, units(piece, start - piece.at), last.firstChild, units(last, end - last.at));
    bring(piece);
  };

  const follow = () => {
    const name = decodeURIComponent(location.hash.slice(1));
    const stretch = /^at-(\d+)-(\d+)$/.exec(name);
    if (stretch) return openStretch(Number(stretch[1]), Number(stretch[2]));
    const n = rows.findIndex((row) => row.id === name);
    if (n >= 0) {
      if (!rows[n].wanted) { press(rows[n].dataset.table); }
      sheet("rows");
      return choose(n);
    }
    const link = items.find((one) => one.hash === location.hash);
    if (link) openItem(link);
  };

  // --- filters ---------------------------------------------------------------------------------------------------------
  const press = (table) => {
    const chip = document.querySelector(`.chip[data-table="${table}"]`);
    const on = !wanted.tables.has(table);
    wanted.tables[on ? "add" : "delete"](table);
    chip.setAttribute("aria-pressed", String(on));
    apply();
  };
  const filters = document.querySelector(".filters");
  filters.addEventListener("submit", (event) => event.preventDefault());
  for (const chip of filters.querySelectorAll(".chip")) chip.addEventListener("click", () => press(chip.dataset.table));
  document.getElementById("role").addEventListener("change", (event) => { wanted.role = event.target.value; apply(); });
  const find = document.getElementById("find");
  find.addEventListener("input", () => { wanted.words = find.value.trim().toLowerCase(); apply(); });
  filters.querySelector(".narrow button").addEventListener("click", clear);

  // --- pointer and keyboard --------------------------------------------------------------------------------------------
  list.addEventListener("click", (event) => {
    const summary = event.target.closest("summary");
    if (!summary) return;
    event.preventDefault();
    const n = rows.indexOf(summary.parentElement);
    if (chosen === n && rows[n].open) { rows[n].open = false; choose(-1, { keepOpen: true }); }
    else choose(n, { keepOpen: Boolean(only) });
  });
  text.addEventListener("click", (event) => {
    const piece = event.target.closest("[role=button]");
    if (piece && getSelection().isCollapsed) openPlace(piece);
  });
  document.querySelector(".tree").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) { event.preventDefault(); openItem(link); }
  });

  const rove = (piece) => {
    if (focused) focused.tabIndex = -1;
    focused = piece || null;
    if (focused) focused.tabIndex = 0;
  };
  const stepPlace = (by) => {
    const open = marked.filter((piece) => piece.getAttribute("role"));
    const place = open.indexOf(focused);
    const next = open[Math.min(open.length - 1, Math.max(0, place + by))];
    if (next) { rove(next); next.focus(); }
  };
  const stepRow = (by) => {
    const open = rows.flatMap((row, n) => (row.parentElement.hidden ? [] : [n]));
    const place = open.indexOf(chosen);
    const next = open[place < 0 ? (by > 0 ? 0 : open.length - 1) : Math.min(open.length - 1, Math.max(0, place + by))];
    if (next === undefined) return;
    choose(next);
    rows[next].querySelector("summary").focus({ preventScroll: true });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") { if (event.target === find) find.blur(); sheet(""); return clear(); }
    if (event.target.closest("input, select")) return;
    const inText = event.target.closest("#text");
    const done = {
      "/": () => { sheet("rows"); find.focus(); },
      j: () => stepRow(1),
      k: () => stepRow(-1),
      ArrowRight: inText && (() => stepPlace(1)),
      ArrowLeft: inText && (() => stepPlace(-1)),
      Enter: inText && event.target.getAttribute("role") && (() => openPlace(event.target)),
      " ": inText && event.target.getAttribute("role") && (() => openPlace(event.target)),
    }[event.key];
    if (done) { event.preventDefault(); done(); }
  });

  // --- narrow screens: tree and rows are sheets over the text ----------------------------------------------------------
  const sheets = document.querySelector(".sheets");
  const sheet = (name) => {
    document.body.dataset.sheet = name;
    for (const button of sheets.children) button.setAttribute("aria-pressed", String(button.dataset.sheet === name));
  };
  sheets.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) sheet(button.dataset.sheet);
  });

  for (const hidden of document.querySelectorAll(".filters, .sheets, .keys")) hidden.hidden = false;
  sheet("");
  apply();
  follow();
  addEventListener("hashchange", follow);
});
