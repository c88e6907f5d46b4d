// Enhancement only: every page works without it.
(function () {
  "use strict";
  var summary = document.querySelector("[data-focus]");
  if (summary) { summary.focus(); }

  function openTo(hash) {
    var target = hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
    for (var node = target; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    if (target) { target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", function () { openTo(location.hash); });
  if (location.hash) { openTo(location.hash); }

  var opened = [];
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("main details:not([open])").forEach(function (details) {
      details.open = true;
      opened.push(details);
    });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (details) { details.open = false; });
    opened = [];
  });
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  if (window.matchMedia("(max-width: 60rem)").matches) {
    document.querySelectorAll(".contents details").forEach(function (details) { details.open = false; });
  }

  // Simulations: the sliders move, the server works, the figures follow.
  var form = document.querySelector("form[data-simulation]");
  if (form) { simulate(form); }

  function simulate(form) {
    var path = form.dataset.simulation;
    var answer = form.querySelector(".simulation-answer");
    var failure = document.getElementById("simulation-failure");
    var failed = failure.textContent;
    var atHand = "";
    var busy = false, waiting = false, settling = 0;

    function query() {
      var fields = new URLSearchParams();
      new FormData(form).forEach(function (value, name) {
        var field = document.getElementById(name);
        if (value !== "" && !(field && field.dataset.base === value)) { fields.append(name, value); }
      });
      return fields;
    }

    function load(part, target) {
      var fields = query();
      if (atHand) { fields.set("at", atHand); }
      fields.set("lang", document.documentElement.lang === "en" ? "en" : "zh");
      return fetch(path + "/" + part + "?" + fields.toString()).then(function (response) {
        return response.text().then(function (text) {
          if (!response.ok) { throw new Error(response.status === 422 ? text : failed); }
          target.innerHTML = text;
          failure.hidden = true;
        });
      }).catch(function (error) {
        failure.textContent = error.message || failed;
        failure.hidden = false;
      });
    }

    // One question at a time: while the server works the hand may move on, and only where it is then is asked.
    function ask() {
      window.clearTimeout(settling);
      if (busy) { waiting = true; return; }
      busy = true;
      answer.classList.add("waiting");
      load("figures", document.getElementById("figures")).then(function () {
        busy = false;
        answer.classList.remove("waiting");
        if (waiting) { waiting = false; ask(); return; }
        settling = window.setTimeout(function () { load("curve", document.getElementById("curve")); }, 250);
        remember();
      });
    }

    function remember() {
      var search = "?" + query().toString();
      history.replaceState(null, "", location.pathname + search);
      var link = document.querySelector("a.language");
      if (!link) { return; }
      var other = new URLSearchParams(link.search).get("lang");
      link.search = search + (search.length > 1 ? "&" : "") + "lang=" + other;
    }

    function mark(input) {
      var field = input.closest(".slider");
      if (field) { field.classList.toggle("moved", input.value !== input.dataset.base); }
    }

    form.querySelectorAll("input[type=range]").forEach(function (range) {
      var input = document.getElementById(range.dataset.slides);
      range.hidden = false;
      mark(input);
      function touch() { atHand = input.name.replace(/^slide[.]/, ""); }
      range.addEventListener("focus", touch);
      range.addEventListener("input", function () {
        touch();
        input.value = range.value;
        mark(input);
        ask();
      });
      input.addEventListener("input", function () {
        touch();
        if (input.value !== "" && !isNaN(Number(input.value))) { range.value = input.value; }
        mark(input);
        ask();
      });
    });
    form.querySelectorAll("select").forEach(function (select) {
      select.addEventListener("change", function () {
        if (select.hasAttribute("data-reload")) {
          location.search = "?scheme=" + encodeURIComponent(select.value) + "&by=" +
            encodeURIComponent(form.elements.by.value) + "&as-of=" + encodeURIComponent(form.elements["as-of"].value);
          return;
        }
        ask();
      });
    });
    form.querySelectorAll("input[data-reload]").forEach(function (input) {
      input.addEventListener("change", function () { form.submit(); });
    });
  }
})();
