"use strict";
(() => {
  const all = (selector, within) => [...(within || document).querySelectorAll(selector)];
  const findings = all(".finding");
  const filter = document.getElementById("filter");

  // The filter: what of a finding is compared stands in its element already.
  function narrow() {
    const chosen = all("select", filter);
    const wanted = filter.elements.text.value.trim().toLowerCase();
    let shown = 0;
    for (const found of findings) {
      const fits = chosen.every(({ name, value }) => !value || found.dataset[name] === value);
      found.hidden = !fits || (wanted !== "" && !found.textContent.toLowerCase().includes(wanted));
      shown += found.hidden ? 0 : 1;
    }
    document.getElementById("shown").textContent = `${shown} of ${findings.length}`;
  }
  if (filter) {
    filter.hidden = false;
    filter.addEventListener("input", narrow);
    filter.addEventListener("submit", (event) => event.preventDefault());
    narrow();
  }

  function reveal(target) {
    for (let around = target.parentElement; around; around = around.parentElement)
      if (around.tagName === "DETAILS") around.open = true;
    target.scrollIntoView({ block: "center" });
  }

  function mark(found) {
    all(".chosen, .on-path, .passed-over, .meant-too").forEach((one) => one.classList.remove("chosen", "on-path", "passed-over", "meant-too"));
    if (!found) return;
    for (const [kind, marked] of [["runs", "on-path"], ["skipped", "passed-over"], ["meant", "meant-too"]])
      for (const told of all(`li.${kind}`, found)) {
        const step = document.getElementById(`s${told.dataset.at}`);
        if (step) step.classList.add(marked);
      }
    const place = document.getElementById(`s${found.dataset.at}`);
    if (!place) return;
    place.classList.add("chosen");
    if (matchMedia("(min-width: 900px)").matches) reveal(place);
  }

  // One finding is open at a time. Its rule's page is put in when it is looked at: it is there once for all.
  let printing = false;
  for (const found of findings)
    found.addEventListener("toggle", () => {
      if (printing) return;
      if (!found.open) {
        if (!findings.some((one) => one.open)) mark(null);
        return;
      }
      const place = found.querySelector(".rule");
      const page = document.getElementById(`rule-${found.dataset.rule}`);
      if (page && place && !place.hasChildNodes()) place.append(page.content.cloneNode(true));
      for (const other of findings) if (other !== found) other.open = false;
      mark(found);
    });

  function follow(event) {
    const link = event.target.closest("a[href^='#'], [data-card]");
    const target = link && document.getElementById(link.dataset.card || link.getAttribute("href").slice(1));
    if (!target || target.tagName !== "DETAILS") return;
    event.preventDefault();
    show(target);
  }

  function show(target) {
    target.hidden = false;
    target.open = true;
    reveal(target);
    target.querySelector("summary").focus({ preventScroll: true });
  }

  // An address may name a finding or a step: page.html#f3.
  const named = location.hash && document.getElementById(location.hash.slice(1));
  if (named && named.tagName === "DETAILS") show(named);

  async function copy(button) {
    const code = button.parentElement.querySelector("code");
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(code); // where a page may not reach the clipboard it is marked for Ctrl+C
      button.textContent = "Press Ctrl+C";
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.copy");
    if (button) copy(button);
    else follow(event);
  });

  // Arrow keys go through what can be opened, as in a tree of the console.
  document.addEventListener("keydown", (event) => {
    const here = document.activeElement;
    if (here.tagName !== "SUMMARY" || event.ctrlKey || event.altKey || event.metaKey) return;
    const box = here.parentElement;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      box.open = event.key === "ArrowRight";
      event.preventDefault();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const listed = all("summary", here.closest("section")).filter((one) => one.checkVisibility());
      const next = listed[listed.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) next.focus();
      event.preventDefault();
    }
  });

  for (const [id, open] of [["open", true], ["close", false]]) {
    const button = document.getElementById(id);
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => all(".tree details").forEach((one) => { one.open = open || (one.matches("li > details") && one.querySelector("ul li") !== null); }));
  }

  const noted = document.getElementById("noted");
  if (noted) noted.addEventListener("change", () => document.getElementById("variables").classList.toggle("noted-only", noted.checked));

  // Printed is all that there is, but for the pages of the rules.
  let closed = [];
  addEventListener("beforeprint", () => { printing = true; closed = all(".tree details:not([open]), .finding:not([open])"); closed.forEach((one) => { one.open = true; }); });
  addEventListener("afterprint", () => { closed.forEach((one) => { one.open = false; }); setTimeout(() => { printing = false; }); });
})();
