// The search over all texts. They come from data/texts-N.js, which load when the search is first used.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const { words, data, element, fill, pager } = taizhang;
  const documents = data.lists.documents;
  const field = document.getElementById("search");
  const hits = document.getElementById("hits");
  const note = hits.querySelector(".hint");
  const MOST = 500;
  const AROUND = 24;

  // The page's policy lets scripts come from these files only.
  const file = (n) => `data/texts-${n}.js`;
  const policy = window.trustedTypes && trustedTypes.createPolicy("taizhang", {
    createScriptURL: (url) => {
      if (/^data\/texts-\d+\.js$/.test(url)) return url;
      throw new TypeError(url);
    },
  });
  const load = (n) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    script.src = policy ? policy.createScriptURL(file(n)) : file(n);
    document.head.append(script);
  });
  let loading = null;
  const texts = () => {
    loading ||= Promise.all(Array.from({ length: words.shards }, (_, i) => load(i + 1)))
      .then(() => data.texts.sort((a, b) => a[0] - b[0]));
    return loading;
  };

  const points = (text, end) => end - (text.slice(0, end).match(/[\ud800-\udbff]/g) || []).length;
  const show = pager(document.getElementById("hits-pager"), 20, hits.querySelector("ol"), ({ place, start, end, before, match, after }) => {
    const anchor = start < 0 ? "" : `#at-${start}-${end}`;
    return element("li", {},
      element("a", { href: `doc/${documents[place][0]}.html${anchor}` }, element("span", {}, before, element("mark", {}, match), after)),
      element("small", {}, start < 0 ? documents[place][2] : documents[place][1]));
  });

  const cut = (text, start, end) => ({
    before: (start > AROUND ? "…" : "") + text.slice(Math.max(0, start - AROUND), start).replace(/[^]*\n/, ""),
    match: text.slice(start, end),
    after: text.slice(end, end + 2 * AROUND).replace(/\n[^]*/, "") + (end + 2 * AROUND < text.length ? "…" : ""),
  });
  const search = async (wanted) => {
    hits.hidden = !wanted;
    if (!wanted) return;
    if (!data.texts) note.textContent = words.searching;
    const all = await texts();
    if (field.value.trim() !== wanted) return;
    const pattern = wanted.toLowerCase();
    const found = [];
    documents.forEach((row, place) => {
      const named = [row[1], row[2], row[4], row[5]].find((name) => name.toLowerCase().includes(pattern));
      if (named === undefined) return;
      const start = named.toLowerCase().indexOf(pattern);
      found.push({ place, start: -1, end: -1, before: named.slice(0, start), match: named.slice(start, start + wanted.length), after: named.slice(start + wanted.length) });
    });
    for (const [place, text] of all) {
      const folded = text.toLowerCase();
      const same = folded.length === text.length ? folded : text;
      for (let start = same.indexOf(pattern); start >= 0 && found.length < MOST; start = same.indexOf(pattern, start + pattern.length)) {
        const end = start + pattern.length;
        found.push({ place, start: points(text, start), end: points(text, end), ...cut(text, start, end) });
      }
      if (found.length >= MOST) break;
    }
    note.textContent = found.length ? fill(found.length >= MOST ? words.hits_many : words.hits_n, { n: found.length }) : words.no_hits;
    show(found);
  };

  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(field.value.trim()), 150);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.target.closest("input, select")) { event.preventDefault(); field.focus(); }
    if (event.key === "Escape" && event.target === field) { field.value = ""; search(""); }
  });
  document.querySelector("form.search").hidden = false;
});
