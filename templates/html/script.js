// Search, filters, sorting, copying of cell addresses, folding. The page is complete without it.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const items = all("[data-item]");
  const tools = document.getElementById("tools");

  const offer = (select, values) => {
    for (const value of values) {
      const option = document.createElement("option");
      option.value = option.textContent = value;
      select.append(option);
    }
  };

  // Filters that nothing on the page answers to are left out.
  const filters = () => {
    const present = (name) => new Set(items.flatMap((i) => i.dataset[name].split("|")).filter(Boolean));
    for (const select of all("[data-filter]", tools)) {
      const values = present(select.dataset.filter);
      all("option", select).forEach((o) => { if (o.value && !values.has(o.value)) o.remove(); });
      const offered = new Set(all("option", select).map((o) => o.value));
      offer(select, [...values].filter((v) => !offered.has(v)).sort(new Intl.Collator("zh-CN").compare));
      select.parentElement.hidden = values.size < 2;
    }
  };

  const apply = () => {
    const words = document.getElementById("q").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = all("[data-filter]", tools).filter((s) => s.value);
    let shown = 0;
    for (const item of items) {
      item.text ??= item.textContent.toLowerCase();
      const fits = words.every((w) => item.text.includes(w)) &&
        chosen.every((s) => item.dataset[s.dataset.filter].split("|").includes(s.value));
      item.hidden = !fits;
      if (fits) shown += 1;
    }
    const active = words.length || chosen.length;
    document.getElementById("status").textContent = active ? `符合条件 ${shown} 条，共 ${items.length} 条。` : "";
    for (const table of all("table.interactive")) {
      const count = table.querySelector(".shown");
      if (count) count.textContent = all("tbody tr[data-item]:not([hidden])", table).length;
    }
  };

  const collator = new Intl.Collator("zh-CN");
  const sortable = (table) => all("thead th", table).forEach((th, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = th.textContent;
    th.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = th.getAttribute("aria-sort") === "ascending";
      all("thead th", table).forEach((other) => other.removeAttribute("aria-sort"));
      th.setAttribute("aria-sort", down ? "descending" : "ascending");
      const order = { 重大: 0, 严重: 1, 一般: 2, 提示: 3 };
      const key = (row) => row.cells[column].textContent.trim();
      const compare = (a, b) => {
        if (a in order && b in order) return order[a] - order[b];
        const [x, y] = [Number(a), Number(b)];
        return a && b && !Number.isNaN(x) && !Number.isNaN(y) ? x - y : collator.compare(a, b);
      };
      const rows = all("tbody tr[data-item]", table).map((row) => [key(row), row]);
      rows.sort((a, b) => compare(a[0], b[0]) * (down ? -1 : 1));
      table.tBodies[0].append(...rows.map((pair) => pair[1]));
    });
  });

  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "已复制";
    setTimeout(() => { button.textContent = "复制"; }, 1500);
  };

  const copyButton = (text) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "复制";
    button.setAttribute("aria-label", `复制位置 ${text}`);
    button.addEventListener("click", () => copy(text, button));
    return button;
  };

  const copies = () => {
    for (const place of all(".place")) place.after(copyButton(place.textContent));
    for (const cell of all("td[data-label=证据位置]")) {
      const address = cell.textContent.split("\n").map((line) => line.replace(/（.*$/, "")).find(Boolean);
      if (address) cell.append(copyButton(address));
    }
  };

  const fold = document.getElementById("fold");
  const folding = () => {
    const details = all(".problem details");
    fold.hidden = details.length === 0;
    fold.addEventListener("click", () => {
      const open = details.some((d) => d.open);
      details.forEach((d) => { d.open = !open; });
      fold.textContent = open ? "全部展开" : "全部收起";
    });
  };

  // A collapsed entry opens when something leads to it, and all open for printing.
  const hash = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return "";
    }
  };
  const reveal = () => {
    const target = document.getElementById(hash());
    target?.closest("[data-item]")?.querySelector("details")?.setAttribute("open", "");
  };
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", () => all(".problem details").forEach((d) => { d.open = true; }));
  reveal();

  copies();
  if (matchMedia("(max-width:60rem)").matches) all(".toc details").forEach((d) => { d.open = false; });
  if (!tools || items.length === 0) return;
  filters();
  folding();
  all("table.interactive").forEach(sortable);
  tools.hidden = false;
  tools.addEventListener("input", apply);
  tools.addEventListener("reset", () => setTimeout(apply));
  tools.addEventListener("submit", (event) => event.preventDefault());
  // `#q=DOC-009` leads to the rows that bear these words.
  const seek = () => {
    if (!hash().startsWith("q=")) return;
    document.getElementById("q").value = hash().slice(2);
    apply();
  };
  addEventListener("hashchange", seek);
  seek();
})();
