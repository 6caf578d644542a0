// What every page shares: light or dark, data that comes as script files, and small means to build elements. Texts of documents are
// only ever set as text, never as markup.
"use strict";

var taizhang = (() => {
  const root = document.documentElement;
  const data = {};

  const remembered = (value) => {
    try {
      if (value === undefined) return localStorage.getItem("taizhang-theme");
      localStorage.setItem("taizhang-theme", value);
    } catch { /* a browser may keep nothing for pages on disk */ }
    return value;
  };
  const theme = remembered();
  if (theme === "dark" || theme === "light") root.dataset.theme = theme;

  const receive = (part) => {
    for (const [name, value] of Object.entries(part)) {
      if (Array.isArray(value) && data[name]) data[name].push(...value);
      else data[name] = value;
    }
  };
  receive.data = data;

  receive.element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== "") made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  };

  receive.fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // Draws `items` page by page; `draw` makes the element of one item.
  receive.pager = (bar, size, target, draw) => {
    const [previous, next] = bar.querySelectorAll("button");
    const said = bar.querySelector("span");
    let items = [];
    let page = 0;
    const show = () => {
      const pages = Math.max(1, Math.ceil(items.length / size));
      target.replaceChildren(...items.slice(page * size, (page + 1) * size).map(draw));
      said.textContent = receive.fill(receive.words.page_of, { page: page + 1, pages, n: items.length });
      previous.disabled = page === 0;
      next.disabled = page + 1 >= pages;
      bar.hidden = pages === 1;
    };
    const turn = (by) => { page += by; show(); target.closest("section").scrollIntoView({ block: "start" }); };
    previous.addEventListener("click", () => turn(-1));
    next.addEventListener("click", () => turn(1));
    return (list) => { items = list; page = 0; show(); };
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.body.classList.remove("plain");
    const button = document.querySelector("button.theme");
    button.hidden = false;
    button.addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = remembered(dark ? "light" : "dark");
    });
    receive.words = JSON.parse(document.getElementById("words").textContent);
  });
  return receive;
})();
