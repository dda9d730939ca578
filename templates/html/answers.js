"use strict";
// Answers to on-site questions: kept in the page, saved as a CSV file that the next run reads.
(() => {
  const at = (id) => document.getElementById(id);
  const rows = [...document.querySelectorAll("#answers tbody tr")];
  const answer = (row) => row.querySelector("select");
  const remark = (row) => row.querySelector("input");
  const tools = at("tools");
  let saved = true;
  tools.hidden = false;

  const departments = [...new Set(rows.map((row) => row.dataset.department))].filter(Boolean).sort();
  for (const name of departments) at("department").append(new Option(name, name));

  const lacking = (row) => ["否", "不适用"].includes(answer(row).value) && !remark(row).value.trim();

  const show = () => {
    const department = at("department").value;
    const open = at("open").checked;
    for (const row of rows) {
      const wanted = !department || row.dataset.department === department;
      row.hidden = !wanted || (open && answer(row).value !== "");
      remark(row).setAttribute("aria-invalid", String(lacking(row)));
    }
    const done = rows.filter((row) => answer(row).value).length;
    const bare = rows.filter(lacking).length;
    const more = bare ? `，${bare} 项答“否”或“不适用”还没有写明情况` : "";
    at("status").textContent = `共 ${rows.length} 项，已答 ${done} 项${more}。`;
  };

  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;

  const csv = () => {
    const head = ["检查条目编号", "范围类型", "范围对象", "检查问题", "答复", "检查人", "答复日期", "说明或佐证"];
    const lines = rows
      .filter((row) => answer(row).value)
      .map((row) => [row.dataset.control, row.dataset.kind, row.dataset.object, row.dataset.question, answer(row).value, at("inspector").value.trim(), at("day").value, remark(row).value.trim()]);
    return [head, ...lines].map((line) => line.map(quoted).join(",")).join("\r\n") + "\r\n";
  };

  const save = () => {
    if (!at("inspector").value.trim()) {
      at("status").textContent = "请先写上检查人。";
      at("inspector").focus();
      return;
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", csv()], { type: "text/csv" }));
    link.download = `现场检查答复-${at("day").value}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
    saved = true;
  };

  tools.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("change", (event) => {
    if (event.target.closest("#answers")) saved = false;
    show();
  });
  at("save").addEventListener("click", save);
  window.addEventListener("beforeunload", (event) => {
    if (!saved) event.preventDefault();
  });
  show();
})();
