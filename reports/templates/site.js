"use strict";
/* Sorts, searches and filters a table of the site. Without it the table's first rows are whole all the same.

A large table has an index of all rows, in sections, loaded once, at the first search, filter or click on a heading;
the rows themselves lie by company or investor, and are loaded where they are shown. */
(() => {
  const table = document.querySelector("table.grid");
  const tools = document.querySelector("form.tools");
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  const filters = headings.map((heading) => heading.dataset.name).filter((name) => tools.elements[name]);
  const count = tools.querySelector(".count");
  const letters = document.querySelector("nav.pages");
  const further = document.querySelector(".further");
  const elsewhere = document.querySelector(".elsewhere");
  const byName = table.dataset.stem === "find";
  const most = table.dataset.index ? 50 : 200;
  const sections = new Map();
  const made = new Map([...body.rows].map((row) => [row.id, row]));
  const files = new Map();
  let all = [...body.rows].map((row) => {
    const cells = [...row.cells];
    return { id: row.id, text: row.textContent + " " + (row.dataset.words || ""),
      facets: cells.filter((_, place) => tools.elements[headings[place].dataset.name]).map((cell) => cell.dataset.facet || ""),
      keys: cells.map((cell) => cell.dataset.key ?? "") };
  });
  let whole = !table.dataset.index;
  let asked = false;
  let sorted = null;
  let shown = most;
  let turn = 0;
  let near = false;

  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const textOf = (row) => (row.found ??= plain(row.text));

  function compare(first, second) {
    const a = first.keys[sorted.place], b = second.keys[sorted.place];
    if (a === "" || b === "") return (a === "") - (b === "");
    const numeric = !isNaN(a) && !isNaN(b);
    const order = numeric ? a - b : String(a).localeCompare(String(b), document.documentElement.lang);
    return sorted.direction === "ascending" ? order : -order;
  }

  function found() {
    const words = plain(tools.elements.q.value).split(/\s+/).filter(Boolean);
    const chosen = filters.map((name, place) => [place, tools.elements[name].value]).filter(([, value]) => value);
    const rows = all.filter(
      (row) =>
        words.every((word) => textOf(row).includes(word)) &&
        chosen.every(([place, value]) => value.split(" + ").includes(row.facets[place])),
    );
    if (sorted && rows.length) return rows.sort(compare);
    near = false;
    if (byName && words.length && !rows.length && !chosen.length) {
      const held = all.filter(longestNamed).sort((one, other) => longestNamed(other) - longestNamed(one));
      return held.length ? held : misspelt();
    }
    return byName ? rows.sort((one, other) => nearness(one) - nearness(other)) : rows;
  }

  /* How long a name of the row is that stands in what is asked for ("Runway Series C"); 0 where none does. */
  function longestNamed(row) {
    const asked = " " + plain(tools.elements.q.value).trim().replace(/\s+/g, " ") + " ";
    return Math.max(0, ...namesOf(row).filter((name) => name.length > 1 &&
      asked.includes(/[\u3400-\u9fff]/.test(name) ? name : " " + name + " ")).map((name) => name.length));
  }

  /* The rows of which a name is spelled nearly as what is asked for, the nearest first: Runway for "Runwya". */
  function misspelt() {
    const asked = plain(tools.elements.q.value).trim();
    const far = Math.min(2, Math.floor(asked.length / (/[\u3400-\u9fff]/.test(asked) ? 2 : 4)));
    const apart = new Map(all.map((row) => [row, Math.min(...namesOf(row).map((name) => strokes(asked, name, far)))]));
    near = true;
    return all.filter((row) => apart.get(row) <= far).sort((one, other) => apart.get(one) - apart.get(other));
  }

  /* How many letters are wrong, missing, too many or swapped with the next one between two words; Infinity above `far`. */
  function strokes(one, other, far) {
    if (Math.abs(one.length - other.length) > far) return Infinity;
    let before = [], last = Array.from({ length: other.length + 1 }, (_, place) => place);
    for (let a = 1; a <= one.length; a++) {
      const now = [a];
      for (let b = 1; b <= other.length; b++) {
        const wrong = one[a - 1] === other[b - 1] ? 0 : 1;
        now[b] = Math.min(last[b] + 1, now[b - 1] + 1, last[b - 1] + wrong);
        if (a > 1 && b > 1 && one[a - 1] === other[b - 2] && one[a - 2] === other[b - 1])
          now[b] = Math.min(now[b], before[b - 2] + 1);
      }
      [before, last] = [last, now];
    }
    return last[other.length] <= far ? last[other.length] : Infinity;
  }

  /* How near a row's names are to what is asked for: the very name, its first one begins so, another does, one has it. */
  function nearness(row) {
    const asked = plain(tools.elements.q.value).trim();
    return Math.min(...namesOf(row).map((name, place) =>
      name === asked ? 0 : name.startsWith(asked) ? (place ? 2 : 1) : name.includes(asked) ? 3 : 4));
  }

  async function show() {
    const mine = ++turn, rows = found(), first = rows.slice(0, shown);
    const missing = [...new Set(first.filter((row) => !made.has(row.id)).map((row) => row.file))];
    const loaded = await Promise.all(missing.map(load));
    if (mine !== turn) return; // something else was asked for meanwhile
    const held = first.map((row) => made.get(row.id)).filter(Boolean);
    body.replaceChildren(...held);
    const form = !rows.length ? count.dataset.none : near ? count.dataset.near : count.dataset.form;
    count.textContent = loaded.every(Boolean)
      ? form.replace("{shown}", held.length).replace("{found}", rows.length).replace("{all}", all.length)
      : count.dataset.failed;
    table.parentElement.hidden = !rows.length;
    further.hidden = rows.length <= shown;
    const phrase = plain(tools.elements.q.value).trim();
    if (elsewhere) elsewhere.hidden = rows.some((row) => textOf(row).includes(phrase)); // of no words, every row
    if (letters) letters.hidden = true;
  }

  /* Whether a file beside this page could be loaded; each is asked for once. */
  function load(file) {
    if (!files.has(file)) files.set(file, new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = file + "." + (document.documentElement.lang === "en" ? "en" : "zh") + ".js";
      script.onload = () => resolve(true);
      script.onerror = () => { files.delete(file); resolve(false); };
      document.head.append(script);
    }));
    return files.get(file);
  }

  /* Whether all sections of the index could be loaded; they follow each other in the table's order. */
  async function loadIndex() {
    const named = table.dataset.sections.split(" ").map((name) => table.dataset.index + "/" + name);
    if (!(await Promise.all(named.map(load))).every(Boolean)) return false;
    all = named.flatMap((file) => sections.get(file));
    return true;
  }

  async function update() {
    shown = most;
    if (whole) return show();
    if (asked) return;
    asked = true;
    whole = await loadIndex();
    asked = false;
    if (whole) return show();
    count.textContent = count.dataset.failed;
  }

  /* Shows what the page's address asks for; where names are looked for and it is one's very name, that one's page. */
  async function answer(question) {
    await update();
    if (!byName || !question) return;
    const named = found().filter((row) => namesOf(row).includes(question));
    if (named.length !== 1) return;
    if (!made.has(named[0].id)) await load(named[0].file);
    const link = made.get(named[0].id)?.querySelector("th a");
    if (link) location.replace(link.href);
  }

  function namesOf(row) {
    return [row.keys[0], ...row.keys[2].split(" | ")].map((name) => plain(String(name)));
  }

  window.dailiesIndex = (section, rows) => {
    sections.set(section, rows.map(
      ([file, id, text, facets, keys]) => ({ file, id, text, facets, keys: keys.map((key) => key ?? "") }),
    ));
  };

  window.dailiesRows = (file, tables) => {
    for (const [id, html] of Object.entries(tables[table.dataset.stem] || {})) {
      const holder = document.createElement("template");
      holder.innerHTML = html;
      made.set(id, holder.content.querySelector("tr"));
    }
  };

  headings.forEach((heading, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => { sortBy(place); update(); });
  });

  /* The way its first click sorts; where it is sorted so already, the other way. */
  function sortBy(place) {
    const heading = headings[place], first = heading.dataset.first || "ascending";
    const turned = first === "ascending" ? "descending" : "ascending";
    const direction = heading.getAttribute("aria-sort") === first ? turned : first;
    headings.forEach((each) => each.removeAttribute("aria-sort"));
    heading.setAttribute("aria-sort", direction);
    table.dataset.sorted = heading.dataset.name;
    sorted = { place, direction };
  }

  further.querySelector("button").addEventListener("click", () => { shown += most; show(); });
  tools.hidden = false;
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("input", update);
  const given = new URLSearchParams(location.search);
  let wanted = false;
  for (const [name, value] of given) {
    const field = tools.elements[name];
    if (field && value) { field.value = value; wanted = true; }
  }
  const order = headings.findIndex((heading) => heading.dataset.name === given.get("sort"));
  if (order >= 0) { sortBy(order); wanted = true; }
  if (wanted) answer([...given].length === 1 ? plain(tools.elements.q.value).trim() : "");
})();
