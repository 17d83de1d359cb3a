(function () {
  "use strict";
  var form = document.querySelector("form.filter");
  var all = Array.from(document.querySelectorAll("[data-tone]")), leader = null;

  // What is folded on the screen and wanted on paper: what follows from a finding, and whole parts. Of a row's footing, what is unfolded.
  var FOLDED = "article details, details.put-away";

  // What a person types and what a table prints are one: blanks inside numbers, dashes, ё.
  function plain(text) {
    return text.toLowerCase().replace(/\s+/g, " ").replace(/(\d) (?=\d{3}(?!\d))/g, "$1").replace(/[−–—]/g, "-").replace(/ё/g, "е").trim();
  }

  function buttons() { return Array.from(form.querySelectorAll("[data-show]")); }

  function apply() {
    var text = plain(form.elements.text.value), off = {}, shown = 0;
    buttons().forEach(function (one) { off[one.dataset.show] = one.getAttribute("aria-pressed") === "false"; });
    var chosen = Array.from(form.querySelectorAll("select")).filter(function (one) { return one.value !== ""; });
    all.forEach(function (one) {
      var fits = !off[one.dataset.tone] && (text === "" || plain(one.textContent).indexOf(text) >= 0);
      fits = fits && chosen.every(function (by) { return (one.dataset[by.name] || "").split(" ").indexOf(by.value) >= 0; });
      one.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    document.querySelectorAll("section.told").forEach(function (part) {
      var held = part.querySelectorAll("[data-tone]");
      part.hidden = held.length > 0 && !part.querySelector("[data-tone]:not([hidden])");
    });
    // A heading is there for the rows below it, and a part that has only parts of its own for those.
    document.querySelectorAll("tr.heading").forEach(function (heading) {
      var row = heading.nextElementSibling;
      while (row && row.hidden && !row.classList.contains("heading")) { row = row.nextElementSibling; }
      heading.hidden = !row || row.classList.contains("heading");
    });
    document.querySelectorAll("section.told:not(.within)").forEach(function (part) {
      var next = part.nextElementSibling, within = 0, seen = 0;
      while (next && next.classList.contains("within")) { within += 1; seen += next.hidden ? 0 : 1; next = next.nextElementSibling; }
      if (within && !part.querySelector("[data-tone]")) { part.hidden = seen === 0; }
    });
    var sought = text !== "" || chosen.length > 0;
    document.querySelectorAll("details.put-away").forEach(function (one) { if (sought && one.querySelector("[data-tone]:not([hidden])")) { one.open = true; } });
    var said = form.querySelector("output");
    said.textContent = shown ? said.dataset.shown + ": " + shown + " / " + all.length : said.dataset.nothing;
  }

  function clear() {
    form.reset();
    buttons().forEach(function (one) { one.setAttribute("aria-pressed", "true"); });
    apply();
  }

  function centred(cell, pane) {
    var a = cell.getBoundingClientRect(), b = pane.getBoundingClientRect();
    pane.scrollTop += a.top - b.top - (b.height - a.height) / 2;
    pane.scrollLeft += a.left - b.left - (b.width - a.width) / 2;
  }

  // The counterpart of a marked cell is the cell of the other edition that leads to the same change; it is brought beside it.
  function counterpart(cell) {
    var pair = cell.closest(".pair"), link = cell.querySelector("a.back");
    function leading(side) { return Array.from(pair.querySelectorAll(side + " a.back")).filter(function (one) { return one.hash === link.hash; }); }
    document.querySelectorAll(".twin").forEach(function (one) { one.classList.remove("twin"); });
    if (!pair || !link) { return; }
    var here = cell.closest(".old") ? [".old", ".new"] : [".new", ".old"];
    var others = leading(here[1]), found = others[leading(here[0]).indexOf(link)] || others[0];
    if (!found) { return; }
    found = found.closest(".m");
    found.classList.add("twin");
    var pane = found.closest(".wide");
    if (pane) {
      centred(found, pane);
      pane.scrollTop += found.getBoundingClientRect().top - cell.getBoundingClientRect().top;
    }
  }

  function reveal() {
    var found = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!found) { return; }
    if (form && found.closest("[hidden]")) { clear(); }
    for (var one = found; one; one = one.parentElement) { if (one.tagName === "DETAILS") { one.open = true; } }
    var pane = found.closest(".wide");
    if (pane && found.classList.contains("m")) { centred(found, pane); }
    found.scrollIntoView({block: found.tagName === "H2" ? "start" : "center", inline: "nearest"});
    found.focus({preventScroll: true});
    leader = null;
    counterpart(found);
  }

  // The two editions scroll together: the pane that is under the pointer or has the focus leads, and none while a link is followed.
  document.querySelectorAll(".pair").forEach(function (pair) {
    var panes = Array.from(pair.querySelectorAll(".wide")), last = [0, 0];
    if (panes.length !== 2) { return; }
    panes.forEach(function (pane, number) {
      function lead() { leader = pane; last = [pane.scrollLeft, pane.scrollTop]; }
      ["pointerenter", "pointerdown", "focusin", "keydown"].forEach(function (name) { pane.addEventListener(name, lead); });
      pane.addEventListener("scroll", function () {
        if (pane !== leader) { return; }
        panes[1 - number].scrollBy({left: pane.scrollLeft - last[0], top: pane.scrollTop - last[1], behavior: "instant"});
        last = [pane.scrollLeft, pane.scrollTop];
      });
    });
  });

  if (form) {
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(function () {
      buttons().forEach(function (one) { one.setAttribute("aria-pressed", "true"); });
      apply();
    }); });
    buttons().forEach(function (one) {
      one.addEventListener("click", function () {
        one.setAttribute("aria-pressed", one.getAttribute("aria-pressed") === "true" ? "false" : "true");
        apply();
      });
    });
    document.addEventListener("keydown", function (event) {
      var field = form.elements.text, typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); field.focus(); field.select(); }
      if (event.key === "Escape" && event.target === field) { field.value = ""; apply(); }
    });
    apply();
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) { event.preventDefault(); reveal(); }
  });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll(FOLDED).forEach(function (one) { one.dataset.was = one.open ? "1" : ""; one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll(FOLDED).forEach(function (one) { one.open = one.dataset.was === "1"; });
  });
  reveal();
})();
