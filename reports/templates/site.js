"use strict";
/* Sorts, searches and filters a table of the site. Without it the table is whole all the same. */
(() => {
  const table = document.querySelector("table.grid");
  const tools = document.querySelector("form.tools");
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  const count = tools.querySelector(".count");
  const pages = document.querySelector("nav.pages");
  const most = Number(table.dataset.most);
  let rows = [...body.rows];
  let whole = !table.dataset.rows;
  let asked = false;
  let sorted = null;

  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const textOf = (row) => (row.found ??= plain(row.textContent + " " + (row.dataset.words || "")));
  const keyOf = (row, place) => row.cells[place].dataset.key ?? "";

  function compare(first, second) {
    const a = keyOf(first, sorted.place), b = keyOf(second, sorted.place);
    if (a === "" || b === "") return (a === "") - (b === "");
    const numeric = a !== "" && b !== "" && !isNaN(a) && !isNaN(b);
    const order = numeric ? a - b : a.localeCompare(b, document.documentElement.lang);
    return sorted.direction === "ascending" ? order : -order;
  }

  function show() {
    const words = plain(tools.elements.q.value).split(/\s+/).filter(Boolean);
    const chosen = headings
      .map((heading, place) => [place, tools.elements[heading.dataset.name]?.value])
      .filter(([, value]) => value);
    let found = rows.filter(
      (row) =>
        words.every((word) => textOf(row).includes(word)) &&
        chosen.every(([place, value]) => row.cells[place].dataset.facet === value),
    );
    if (sorted) found = found.sort(compare);
    body.replaceChildren(...found.slice(0, most));
    count.textContent = count.dataset.form
      .replace("{shown}", Math.min(found.length, most)).replace("{found}", found.length).replace("{all}", rows.length);
    if (pages) pages.hidden = true;
  }

  /* Every row, loaded once, at the first search, filter or click on a heading. */
  function update() {
    if (whole) return show();
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.src = table.dataset.rows;
    script.onerror = () => { asked = false; count.textContent = count.dataset.failed; };
    document.head.append(script);
  }

  window.dailiesRows = (made) => {
    const holder = document.createElement("template");
    holder.innerHTML = made.join("");
    rows = [...holder.content.querySelectorAll("tr")];
    whole = true;
    show();
  };

  headings.forEach((heading, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const first = heading.dataset.first || "ascending";
      const turned = first === "ascending" ? "descending" : "ascending";
      const direction = heading.getAttribute("aria-sort") === first ? turned : first;
      headings.forEach((each) => each.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", direction);
      sorted = { place, direction };
      update();
    });
  });

  tools.hidden = false;
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("input", update);
  const given = new URLSearchParams(location.search);
  let wanted = false;
  for (const [name, value] of given) {
    const field = tools.elements[name];
    if (field && value) { field.value = value; wanted = true; }
  }
  if (wanted) update();
})();
