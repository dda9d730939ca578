// The HTML pages in a real browser: opened from disk as people do, nothing requested, nothing said
// on the console, usable by keyboard, screen reader and phone, readable without JavaScript.
//
// Needs node, npm, a Chromium (CHROMIUM names another one) and the program as `cargo test` builds
// it (ZICHA names another one). What is missing is told as SKIPPED; a failed test ends with 1.
// KEEP=folder keeps pages and screenshots there.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "../..");

const skip = (reason) => {
  console.log(`SKIPPED: browser tests: ${reason}`);
  process.exit(0);
};

// What the tests need.

const browserPath = () => {
  const names = [process.env.CHROMIUM, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const found = names.filter(Boolean).map((name) => spawnSync("sh", ["-c", `command -v "${name}"`], { encoding: "utf8" }).stdout.trim());
  return found.find(Boolean) ?? skip("no Chromium on this machine");
};

const program = () => {
  if (process.env.ZICHA) return process.env.ZICHA;
  const metadata = execFileSync("cargo", ["metadata", "--format-version=1", "--no-deps", "--locked", "--offline"], { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  const built = path.join(JSON.parse(metadata).target_directory, "debug/zicha");
  return fs.existsSync(built) ? built : skip("the program is not built; run `cargo test` first");
};

const install = () => {
  if (fs.existsSync(path.join(here, "node_modules/playwright-core"))) return;
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], { cwd: here, encoding: "utf8" });
  if (npm.error || npm.status !== 0) skip("npm could not install playwright-core and axe-core here");
};

// The pages under test.

const zicha = program();
const executablePath = browserPath();
install();
const { chromium } = await import("playwright-core");
const axe = fs.readFileSync(path.join(here, "node_modules/axe-core/axe.min.js"), "utf8");
const work = process.env.KEEP ?? fs.mkdtempSync(path.join(os.tmpdir(), "zicha-browser-"));
fs.mkdirSync(work, { recursive: true });

const check = (name, folder, ...more) => {
  const out = path.join(work, name);
  const run = spawnSync(zicha, ["check", folder, "--as-of", "2026-09-24", "--format", "html,xlsx,json", "--out", out, "--no-baseline", ...more], { encoding: "utf8" });
  if (![0, 1].includes(run.status)) throw new Error(`zicha ended with ${run.status}: ${run.stderr}`);
  return out;
};

// A ledger whose every record is a finding; `ids` are what a hostile clerk may have typed.
const workspace = (name, ids, chapter) => {
  const folder = path.join(work, `${name}-ledgers`);
  fs.mkdirSync(path.join(folder, "templates"), { recursive: true });
  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  const rows = ids.map((id) => `${quoted(id)},U盘,内部,个人所有,${quoted(id.slice(0, 30))},在用`);
  fs.writeFileSync(path.join(folder, "移动存储介质台账.csv"), `介质编号,介质类型,密级,来源,保管人,状态\n${rows.join("\n")}\n`);
  if (chapter) fs.writeFileSync(path.join(folder, "templates/自查报告.md"), chapter);
  return folder;
};

const hostile = ["<script>window.ran=1</script>", "\"><img src=x onerror=window.ran=1>", "#panic()", "=HYPERLINK(\"x\")", "$x$ {{7*7}}", "甲\u202e乙", "x".repeat(5000), "javascript:alert(1)"];
const many = Array.from({ length: 3000 }, (_, n) => `U-${String(n + 1).padStart(5, "0")}`);
const sample = path.join(root, "sample-data/faulty");
const out = {
  annual: check("annual", sample),
  festival: check("festival", sample, "--checklist", "festival"),
  hostile: check("hostile", workspace("hostile", hostile, "# 下一步打算\n\n<script>window.ran=1</script> [点](javascript:window.ran=1)\n")),
  many: check("many", workspace("many", many)),
};
const pages = (folder) => fs.readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
const url = (folder, name) => pathToFileURL(path.join(folder, name)).href;

// A small harness: a test is a sentence.

const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath, args: sandbox });
const failures = [];
let passed = 0;
const test = async (sentence, body) => {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failures.push(`${sentence}: ${error.message}`);
    console.log(`FAILED ${sentence}\n       ${error.message}`);
  }
};
const equal = (found, wanted, what) => {
  if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
};
const holds = (truth, what) => {
  if (!truth) throw new Error(what);
};

// Opens a page; whatever it says or asks for is a failure.
const open = async (address, options, body) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const noise = [];
  page.on("console", (message) => noise.push(message.text()));
  page.on("pageerror", (error) => noise.push(String(error)));
  page.on("request", (request) => {
    if (!request.isNavigationRequest()) noise.push(`requests ${request.url().slice(0, 100)}`);
  });
  try {
    await page.goto(address);
    await body(page);
    equal(noise, [], "console and requests");
  } finally {
    await context.close();
  }
};

// Every page, light and dark, desk and phone.

for (const [name, folder] of Object.entries(out)) {
  for (const file of pages(folder)) {
    for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [390, "light"], [390, "dark"]]) {
      if (name !== "annual" && colorScheme === "dark") continue;
      if (name === "many" && width !== 1280) continue;
      await test(`${name}/${file} at ${width} px, ${colorScheme}, is whole in itself`, () =>
        open(url(folder, file), { viewport: { width, height: 900 }, colorScheme }, async (page) => {
          holds((await page.textContent("h1")).trim().length > 4, "no heading");
          equal(await page.evaluate(() => document.documentElement.scrollWidth), width, "width of the page");
          equal(await page.evaluate(() => window.ran), undefined, "a script of the data ran");
          if (process.env.KEEP) await page.screenshot({ path: path.join(work, `${name}-${file}-${width}-${colorScheme}.png`) });
        }));
    }
  }
}

// axe-core is put in from outside, which the pages' own policy forbids: so without it, here only.
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
for (const name of ["annual", "festival", "hostile"]) {
  for (const file of pages(out[name])) {
    for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [390, "light"]]) {
      if (name !== "annual" && (width !== 1280 || colorScheme === "dark")) continue;
      await test(`${name}/${file} at ${width} px, ${colorScheme}, passes axe-core`, () =>
        open(url(out[name], file), { bypassCSP: true, viewport: { width, height: 900 }, colorScheme }, async (page) => {
          await page.evaluate(axe);
          const violations = await page.evaluate(async (runOnly) => (await window.axe.run(document, { runOnly })).violations.map((v) => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 100)}`), rules);
          equal(violations, [], "violations");
        }));
    }
  }
}

// What people do.

const report = url(out.annual, "自查报告.html");
// Every problem with its cells stands in the working paper.
const workingPaper = url(out.annual, "自查工作底稿.html");
const list = url(out.annual, "整改清单.html");
const shown = (page, selector) => page.locator(`${selector}:visible`).count();
const status = (page) => page.textContent("#status");

await test("search narrows the list and clearing brings it back", () => open(list, {}, async (page) => {
  const all = await shown(page, "tr[data-item]");
  await page.fill("#q", "DOC-007");
  const few = await shown(page, "tr[data-item]");
  holds(few > 0 && few < all, `${few} of ${all} rows`);
  holds((await status(page)).includes(`符合条件 ${few} 条，共 ${all} 条`), "the number is told");
  await page.click("button[type=reset]");
  await page.waitForFunction((n) => [...document.querySelectorAll("tr[data-item]")].filter((r) => !r.hidden).length === n, all);
}));

await test("filters combine", () => open(list, {}, async (page) => {
  await page.selectOption("[data-filter=severity]", "critical");
  const critical = await shown(page, "tr[data-item]");
  equal(await shown(page, "tr[data-item]:not([data-severity=critical])"), 0, "others shown");
  const department = await page.locator("[data-filter=department] option").nth(1).getAttribute("value");
  await page.selectOption("[data-filter=department]", department);
  holds((await shown(page, "tr[data-item]")) <= critical, "a second filter never widens");
}));

await test("a column sorts both ways, severity by weight", () => open(list, {}, async (page) => {
  const header = page.locator("#t-new th", { hasText: "严重程度" });
  const first = () => page.locator('#t-new tbody tr td[data-label="严重程度"]').first().textContent();
  await header.getByRole("button").click();
  equal([await header.getAttribute("aria-sort"), (await first()).trim()], ["ascending", "重大"], "once");
  await header.getByRole("button").press("Enter");
  equal(await header.getAttribute("aria-sort"), "descending", "twice, by keyboard");
  holds(["提示", "一般"].includes((await first()).trim()), "lightest first");
}));

await test("finding, problem and control lead to one another", () => open(list, {}, async (page) => {
  await page.locator("#t-new td a").first().click();
  await page.waitForURL(/#p-/);
  const id = decodeURIComponent(new URL(page.url()).hash.slice(3));
  await page.locator(`#p-${id} a.code`).click();
  await page.waitForURL(new RegExp(`#c-${id}$`));
  await page.locator(`#c-${id} a`).click();
  await page.waitForURL(new RegExp(`#p-${id}$`));
  await page.locator(`#p-${id} .examples a`).first().click();
  await page.waitForURL(/#f-/);
  holds(await page.locator("tr:target").isVisible(), "the finding's row is shown");
}));

await test("the rest of a problem is found by its link", () => open(`${list}#q=DOC-009`, {}, async (page) => {
  equal(await page.inputValue("#q"), "DOC-009", "search field");
  const all = await page.locator("tr[data-item]").count();
  holds((await shown(page, "tr[data-item]")) < all, "the list is narrowed");
}));

await test("a cell's address is copied", () => open(list, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
  const button = page.locator("#t-new .copy").first();
  await button.click();
  await page.waitForFunction(() => [...document.querySelectorAll(".copy")].some((b) => b.textContent === "已复制"));
}));

await test("entries fold, and what is led to opens", () => open(workingPaper, {}, async (page) => {
  await page.click("#fold");
  equal(await page.locator(".problem details[open]").count(), 0, "open entries");
  const id = await page.locator(".problem").nth(3).getAttribute("id");
  await page.goto(`${workingPaper}#${id}`);
  holds(await page.locator(`#${id} details[open]`).count() === 1, "the target stays folded");
}));

await test("open questions are answered on screen and saved as a file that the next run reads", () => open(url(out.annual, "现场答复.html"), { acceptDownloads: true }, async (page) => {
  const rows = await page.locator("#answers tbody tr").count();
  holds(rows > 3 && (await status(page)).includes(`共 ${rows} 项，已答 0 项`), await status(page));
  const row = (n) => page.locator("#answers tbody tr").nth(n);
  await row(0).locator("select").selectOption("是");
  await row(1).locator("select").selectOption("否");
  holds((await status(page)).includes("已答 2 项，1 项答“否”或“不适用”还没有写明情况"), await status(page));
  await row(1).locator("input").fill("柜门未锁，\"钥匙\"在桌上");
  await page.click("#save");
  holds((await status(page)).includes("请先写上检查人"), await status(page));
  await page.fill("#inspector", "检查员");
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
  const folder = path.join(work, "answers-ledgers");
  fs.mkdirSync(folder, { recursive: true });
  const saved = path.join(folder, file.suggestedFilename());
  await file.saveAs(saved);
  const text = fs.readFileSync(saved, "utf8");
  equal(text.trim().split("\r\n").length, 3, "lines of the file");
  holds(text.includes("柜门未锁，\"\"钥匙\"\"在桌上"), text);
  const again = check("answers", folder);
  const results = JSON.parse(fs.readFileSync(path.join(again, "results.json"), "utf8"));
  const sheets = results.inputs.flatMap((input) => input.sheets).filter((sheet) => sheet.ledger === "attestations");
  equal(sheets.map((sheet) => sheet.rows), [2], "answers read");
  await page.check("#open");
  equal(await shown(page, "#answers tbody tr"), rows - 2, "open questions shown");
  await page.uncheck("#open");
  const departments = await page.locator("#department option").allInnerTexts();
  holds(departments.length > 2, departments.join());
  for (const name of departments.slice(1)) {
    holds(!/^[A-Z]+\d+$/.test(name), `a department is called ${name}`);
    await page.selectOption("#department", name);
    const own = await page.locator(`#answers tbody tr[data-department="${name}"]`).count();
    equal(await shown(page, "#answers tbody tr"), own, `questions to ${name}`);
  }
}));

await test("everything is readable without JavaScript", async () => {
  for (const file of pages(out.annual)) {
    await open(url(out.annual, file), { javaScriptEnabled: false }, async (page) => {
      holds(!(await page.locator("#tools").isVisible().catch(() => false)), "tools that cannot work are shown");
      const text = await page.innerText("main");
      holds(text.length > 300, `${file} says little`);
      if (file === "自查工作底稿.html") holds(text.includes("台账/04收文登记簿.xlsx"), "cells are told");
    });
  }
});

await test("pages print, without tools", () => open(workingPaper, {}, async (page) => {
  await page.click("#fold");
  await page.emulateMedia({ media: "print" });
  holds(!(await page.locator("#tools").isVisible()), "tools are printed");
  await page.emulateMedia({ media: null });
  const pdf = await page.pdf({ preferCSSPageSize: true });
  holds(pdf.length > 100_000 && pdf.subarray(0, 5).toString() === "%PDF-", "no PDF");
  if (process.env.KEEP) fs.writeFileSync(path.join(work, "printed.pdf"), pdf);
}));

await test("hostile texts are shown as typed", () => open(url(out.hostile, "整改清单.html"), {}, async (page) => {
  const text = await page.innerText("main");
  for (const typed of ["<script>window.ran=1</script>", "#panic()", "=HYPERLINK(\"x\")", "$x$ {{7*7}}", "甲乙"]) {
    holds(text.includes(typed), `${typed} is not shown`);
  }
}));

await test("3,000 findings stay below 5 MB and answer at once", async () => {
  for (const file of pages(out.many)) {
    const size = fs.statSync(path.join(out.many, file)).size;
    holds(size < 5_000_000, `${file} has ${size} bytes`);
  }
  await open(url(out.many, "整改清单.html"), {}, async (page) => {
    holds((await page.innerText("main")).includes("另有"), "what is left out is told");
    await page.fill("#q", "U-00100");
    holds((await shown(page, "tr[data-item]")) > 0, "nothing found");
  });
});

await browser.close();
if (!process.env.KEEP) fs.rmSync(work, { recursive: true, force: true });
console.log(`browser tests: ${passed} passed, ${failures.length} failed (${executablePath})`);
process.exit(failures.length ? 1 : 0);
