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
    if (document.body.dataset.view === "pictures") showBoxes();
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

  // --- pictures of the printed pages -----------------------------------------------------------------------------------
  const sheetsOfPaper = new Map([...document.querySelectorAll("#pictures svg")].map((svg) => [svg.dataset.page, svg]));
  const boxesOf = (row) => (row.dataset.boxes || "").split(";").filter(Boolean).map((box) => {
    const [page, place] = box.split(":");
    return { page, place: place.split(",").map(Number) };
  }).filter((box) => sheetsOfPaper.has(box.page));
  const drawn = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const rectangle = ([x0, y0, x1, y1], name) =>
    drawn("rect", { x: x0 - 1, y: y0 - 1, width: Math.max(2, x1 - x0 + 2), height: Math.max(2, y1 - y0 + 2), class: name });
  const showBoxes = () => {
    for (const svg of sheetsOfPaper.values()) svg.replaceChildren();
    rows.forEach((row, n) => {
      if (!row.wanted && n !== chosen) return;
      for (const { page, place } of boxesOf(row)) {
        const box = rectangle(place, `box t-${row.dataset.table}${n === chosen ? " on" : ""}`);
        box.row = n;
        sheetsOfPaper.get(page).append(box);
      }
    });
  };
  // The place as it is printed, cut out of its page, in the row itself.
  const showCut = (row) => {
    const [first, ...others] = boxesOf(row);
    if (!first || row.querySelector(".cut")) return;
    const svg = sheetsOfPaper.get(first.page);
    const image = svg.parentElement.querySelector("img");
    const same = [first, ...others].filter((box) => box.page === first.page).map((box) => box.place);
    const [left, top] = [0, 1].map((i) => Math.min(...same.map((place) => place[i])));
    const [right, bottom] = [2, 3].map((i) => Math.max(...same.map((place) => place[i])));
    const [wide, high] = svg.getAttribute("viewBox").split(" ").slice(2).map(Number);
    const width = Math.min(wide, Math.max(right - left + 40, 260));
    const height = Math.min(high, bottom - top + 36, 220);
    const x = Math.min(Math.max(0, (left + right - width) / 2), wide - width);
    const y = Math.min(Math.max(0, top - 18), high - height);
    const cut = drawn("svg", { class: "cut", viewBox: `${x} ${y} ${width} ${height}`, role: "img", "aria-label": image.alt });
    cut.append(drawn("image", { href: image.getAttribute("src"), width: wide, height: high }), ...same.map((place) => rectangle(place, "on")));
    row.querySelector("dl").before(cut);
  };
  const view = (name) => {
    document.body.dataset.view = name;
    for (const button of document.querySelectorAll(".views button")) button.setAttribute("aria-pressed", String(button.dataset.view === name));
    if (name === "pictures") { showBoxes(); bring(document.querySelector("#pictures .on")); }
  };
  for (const button of document.querySelectorAll(".views button")) button.addEventListener("click", () => view(button.dataset.view));
  if (sheetsOfPaper.size) {
    document.getElementById("pictures").addEventListener("click", (event) => {
      const svg = event.target.closest("svg");
      if (!svg) return;
      const { left, top, width } = svg.getBoundingClientRect();
      const scale = Number(svg.getAttribute("viewBox").split(" ")[2]) / width;
      const [x, y] = [(event.clientX - left) * scale, (event.clientY - top) * scale];
      const hit = rows.flatMap((row, n) => (row.wanted && boxesOf(row).some(({ page, place: [x0, y0, x1, y1] }) =>
        page === svg.dataset.page && x >= x0 - 1 && x <= x1 + 1 && y >= y0 - 1 && y <= y1 + 1) ? [n] : []));
      if (hit.length) openRows(hit, words.here);
    });
  }

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
      showCut(row);
      remember(row.id);
      paint();
      if (scrollText) bring(placesOf[n][0] || within(row.dataset)[0]);
      if (scrollText) bring(document.querySelector("#pictures .on"));
      row.scrollIntoView({ block: "nearest" });
    } else {
      remember("");
      paint();
    }
  };

  // Narrows the rows to some, open all of them, and chooses the one with the smallest place.
  const openRows = (numbers, label) => {
    sheet("rows");
    narrow(new Set(numbers), label);
    for (const row of rows) row.open = false;
    for (const n of numbers) { rows[n].open = true; showCut(rows[n]); }
    const extent = (n) => Number(rows[n].dataset.e) - Number(rows[n].dataset.s);
    choose(numbers.reduce((least, n) => (extent(n) <= extent(least) ? n : least)), { scrollText: false, keepOpen: true });
    list.parentElement.scrollTop = 0;
  };

  const openPlace = (piece) => {
    const covers = piece.rows.filter((n) => rows[n].wanted);
    if (!covers.length) return;
    openRows(covers, words.here);
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
      p: sheetsOfPaper.size && (() => view(document.body.dataset.view === "pictures" ? "text" : "pictures")),
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

  for (const hidden of document.querySelectorAll(".filters, .sheets, .keys, .views")) hidden.hidden = false;
  sheet("");
  view("text");
  apply();
  follow();
  addEventListener("hashchange", follow);
});
