// The overview's lists: due and overdue, tallies, documents, diagnostics.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const { words, element, pager } = taizhang;
  const { documents, due, tallies, diagnostics } = taizhang.data.lists;
  const at = (id) => document.getElementById(id);
  const link = (place, anchor, name) =>
    element("a", { href: `doc/${documents[place][0]}.html${anchor ? `#${anchor}` : ""}` }, name);
  const cell = (content, name) => element("td", { class: name }, content);
  const names = (joined) => {
    const [first, second, ...others] = joined.split("；");
    return [first, second].filter(Boolean).join("；") + (others.length ? ` +${others.length}` : "");
  };
  const title = (place) => cell(link(place, "", documents[place][1]), "doc");
  const svg = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const lister = (name, size, draw) => pager(at(`${name}-pager`), size, at(name).querySelector("tbody"), draw);
  for (const section of document.querySelectorAll(".listed")) section.hidden = false;
  for (const form of document.querySelectorAll("form")) form.addEventListener("submit", (event) => event.preventDefault());

  // --- due and overdue -------------------------------------------------------------------------------------------------
  const asOf = at("as-of");
  const own = (day) => new Date(day.getTime() - day.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  if (!asOf.value) asOf.value = own(new Date());
  const later = (day, days) => {
    const moved = new Date(`${day}T00:00:00Z`);
    moved.setUTCDate(moved.getUTCDate() + days);
    return moved.toISOString().slice(0, 10);
  };
  const stateOf = ([day, , , , , , state], soon) => {
    if (state === "done") return "done";
    if (day < asOf.value) return "past_due";
    return day <= soon ? "due_soon" : "due_later";
  };
  const said = (state, [, kind, , , , , told]) => {
    if (state === "past_due") return kind === "m" && told !== "told" ? words.overdue : words.past_due;
    return state === "done" && kind === "t" ? words.reached : words[state];
  };
  let wantedState = "all";
  const states = at("due").querySelectorAll(".choice button");
  const showDue = lister("due", 25, ([row, state]) => element("tr", { class: state },
    cell(row[0], "day"), cell(link(row[2], row[3], row[4]), "main"), cell(names(row[5]), "who"), cell(said(state, row), "state"), title(row[2])));
  const listDue = () => {
    const soon = asOf.value ? later(asOf.value, 90) : "";
    const [kind, month] = [at("due-kind").value, at("due-month").value];
    const rows = due.filter((row) => (!kind || row[1] === kind) && (!month || row[0].startsWith(month)))
      .map((row) => [row, stateOf(row, soon)]);
    for (const button of states) {
      const { state } = button.dataset;
      button.querySelector(".n").textContent = state === "all" ? rows.length : rows.filter((one) => one[1] === state).length;
      button.setAttribute("aria-pressed", String(state === wantedState));
    }
    for (const month of document.querySelectorAll(".month")) month.classList.toggle("chosen", month.dataset.month === at("due-month").value);
    showDue(rows.filter((one) => wantedState === "all" || one[1] === wantedState));
  };
  for (const button of states) button.addEventListener("click", () => { wantedState = button.dataset.state; listDue(); });
  for (const id of ["as-of", "due-kind", "due-month"]) at(id).addEventListener("change", listDue);
  for (const month of document.querySelectorAll(".month")) {
    month.addEventListener("click", () => {
      const select = at("due-month");
      select.value = select.value === month.dataset.month ? "" : month.dataset.month;
      listDue();
    });
  }
  listDue();
  at("due").hidden = due.length === 0;

  // --- tallies ---------------------------------------------------------------------------------------------------------
  const share = ([, , , total, done, , , rate]) => (total > 0 && done >= 0 ? done / total : rate ? Number(rate) / 100 : 2);
  const bar = ([, , , total, done, ongoing, pending, rate]) => {
    const whole = total > 0 ? Math.max(total, Math.max(done, 0) + Math.max(ongoing, 0) + Math.max(pending, 0)) : 100;
    const parts = total > 0 ? { done, ongoing, pending } : { done: Number(rate) };
    const drawn = svg("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true", class: "tally" });
    drawn.append(svg("rect", { class: "rest", width: 100, height: 10 }));
    let x = 0;
    for (const [name, value] of Object.entries(parts)) {
      if (value <= 0) continue;
      drawn.append(svg("rect", { class: name, x, width: (100 * value) / whole, height: 10 }));
      x += (100 * value) / whole;
    }
    return drawn;
  };
  const figures = ([, , , total, done, ongoing, pending, rate, , balanced]) => {
    const parts = [["done", done], ["ongoing", ongoing], ["pending", pending]].filter(([, value]) => value >= 0);
    const known = parts.map(([name, value]) => `${words[name]} ${value}`).join("，");
    const whole = total >= 0 ? `${total}` : "";
    const percent = rate ? `${rate}%` : "";
    return [[whole, known, percent].filter(Boolean).join(" · "), balanced === "false" ? `${words.unbalanced}` : ""];
  };
  const showTallies = lister("tallies", 20, (row) => {
    const [numbers, wrong] = figures(row);
    return element("tr", {}, cell(link(row[0], row[1], row[2] || "–"), "main"), cell(bar(row), "bar"),
      element("td", { class: "figures" }, numbers, ...(wrong ? [element("span", { class: "bad" }, ` ${wrong}`)] : [])), cell(row[8], "day"), title(row[0]));
  });
  showTallies([...tallies].sort((a, b) => share(a) - share(b)));
  at("tallies").hidden = tallies.length === 0;

  // --- documents -------------------------------------------------------------------------------------------------------
  const heads = [...at("documents").querySelectorAll("th.n")].map((head) => head.textContent);
  const showDocuments = lister("documents", 50, (row) => element("tr", {},
    element("td", { class: "main" }, element("a", { href: `doc/${row[0]}.html` }, row[1]), element("small", {}, element("bdi", {}, row[2]))),
    cell(row[3]), cell(row[4]), cell(row[6], "day"), ...row.slice(7).map((total, i) =>
      element("td", { class: "n", "data-label": heads[i] }, total || ""))));
  for (const [id, column] of [["type", 3], ["region", 4]]) {
    const names = [...new Set(documents.map((row) => row[column]))].filter(Boolean).sort((a, b) => a.localeCompare(b, "zh"));
    at(id).append(...names.map((name) => element("option", { value: name }, name)));
  }
  let order = { column: -1, down: false };
  const listDocuments = () => {
    const wanted = at("find").value.trim().toLowerCase();
    const [type, region] = [at("type").value, at("region").value];
    const rows = documents.filter((row) => (!type || row[3] === type) && (!region || row[4] === region)
      && (!wanted || `${row[1]}\n${row[2]}\n${row[4]}\n${row[5]}`.toLowerCase().includes(wanted)));
    const { column, down } = order;
    if (column >= 0) {
      const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "zh"));
      rows.sort((a, b) => (down ? -1 : 1) * compare(a[column], b[column]));
    }
    showDocuments(rows);
  };
  for (const button of at("documents").querySelectorAll("[data-sort]")) {
    button.addEventListener("click", () => {
      const column = Number(button.dataset.sort);
      order = { column, down: order.column === column ? !order.down : column > 6 };
      for (const head of at("documents").querySelectorAll("th")) head.removeAttribute("aria-sort");
      button.parentElement.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      listDocuments();
    });
  }
  at("find").addEventListener("input", listDocuments);
  for (const id of ["type", "region"]) at(id).addEventListener("change", listDocuments);
  listDocuments();

  // --- diagnostics -----------------------------------------------------------------------------------------------------
  const showDiagnostics = lister("diagnostics", 25, (row) => element("tr", { class: row[5] },
    cell(row[3], "code"), cell(link(row[0], row[1], element("bdi", {}, row[4])), "main"), title(row[0])));
  const listDiagnostics = () => showDiagnostics(diagnostics.filter((row) => !at("code").value || row[2] === at("code").value));
  at("code").addEventListener("change", listDiagnostics);
  for (const one of document.querySelectorAll("[data-code]")) {
    one.addEventListener("click", () => { at("code").value = one.dataset.code; listDiagnostics(); });
  }
  listDiagnostics();
  at("diagnostics").hidden = diagnostics.length === 0;
});
