/* What the pages do in the browser. Secrets arrive in the answer to a POST and are not kept. */
const keyturn = {
  /** A text in the language of the page, with its parameters. */
  say(key, ...parameters) {
    return (window.keyturnTexts?.[key] ?? key).replace(/\{(\d)}/g, (all, number) => parameters[number] ?? all);
  },

  /** Takes what the server handed out: a secret to copy, show, or show once; or asks to confirm. */
  handed(args) {
    if (!args) {
      return;
    }
    if (args.confirm) {
      keyturn.dialog("confirm").showModal();
      return;
    }
    if (!args.secret) {
      return;
    }
    keyturn.dialog("confirm")?.close();
    const place = keyturn.pressed && keyturn.pressed.isConnected && keyturn.pressed.dataset.key === args.key
      ? keyturn.pressed
      : document.querySelector(`[data-key="${args.key}"]`);
    if (args.purpose === "copy") {
      keyturn.copy(args.secret, "no_clipboard");
    } else if (args.purpose === "snippet") {
      const command = place.querySelector(".kt-snippet pre").textContent.trim();
      keyturn.copy(command.replace(place.querySelector(".kt-secret").dataset.masked || place.querySelector(".kt-secret").textContent, args.secret), "no_clipboard");
    } else if (args.purpose === "try") {
      keyturn.test(args.secret);
    } else if (args.purpose === "show") {
      if (!place) {
        keyturn.tell(keyturn.say("key_is_gone"));
        return;
      }
      const code = place.querySelector(".kt-secret");
      code.dataset.masked = code.textContent;
      code.textContent = args.secret;
      code.classList.add("kt-shown");
      keyturn.label(place.querySelector(".kt-show"), keyturn.say("hide"));
    } else if (args.purpose === "once") {
      document.getElementById("once-secret").textContent = args.secret;
      keyturn.dialog("once").showModal();
    } else if (args.purpose === "renewal") {
      document.getElementById("once-client").textContent = args.client;
      document.getElementById("once-client-secret").textContent = args.secret;
      keyturn.dialog("renewal").showModal();
      keyturn.copy(`client_id=${args.client}\nclient_secret=${args.secret}`);
    }
  },

  /** Sends a request with a secret from here, and shows its answer. */
  async test(secret) {
    const place = document.getElementById("ready-answer");
    place.hidden = false;
    place.textContent = "GET /api/v1/me …";
    try {
      const answer = await fetch("/api/v1/me", { headers: { Authorization: `Bearer ${secret}` }, credentials: "omit" });
      const text = await answer.text();
      place.textContent = `GET /api/v1/me\n${answer.status} ${keyturn.say(answer.ok ? "works" : "refused")}\n${JSON.stringify(JSON.parse(text), null, 2)}`;
    } catch (e) {
      place.textContent = keyturn.say("no_answer");
    }
  },

  /** Looks every second, for 30 seconds at most, for the answer to what was just sent. */
  lookForAnswers() {
    keyturn.look(1000, 30, () => {
      const part = document.querySelector("[data-look]:not([data-look=''])");
      return part && (() => window[part.dataset.look]());
    });
  },

  /** Looks every 5 seconds, for 10 minutes at most, whether a program has used the key; and says when it looks no longer. */
  watch() {
    keyturn.look(5000, 120, () => document.querySelector(".kt-ready[data-watch=true]") && window.keyCheck, () => {
      const state = document.getElementById("ready-state");
      if (state) {
        state.textContent = keyturn.say("waited");
      }
    });
  },

  /**
   * Looks again and again where a part of the page waits for something, so many times at most; and so many times more
   * after each press of a button, and when the person comes back to the page.
   */
  look(milliseconds, times, waiting, gaveUp) {
    let left = times;
    const anew = () => (left = times);
    document.addEventListener("click", anew);
    document.addEventListener("visibilitychange", anew);
    setInterval(() => {
      const ask = left > 0 && !document.hidden && waiting();
      if (ask) {
        left--;
        ask();
        if (left === 0 && gaveUp) {
          gaveUp();
        }
      }
    }, milliseconds);
  },

  checked(args) {
    const state = document.getElementById("ready-state");
    if (args && args.used && state) {
      state.textContent = args.used;
      state.classList.replace("kt-due", "kt-on");
      state.closest(".kt-ready").dataset.watch = "false";
    }
  },

  /** Keeps what says so current, as long as it is in the page. */
  poll() {
    setInterval(() => {
      const part = document.querySelector("[data-poll]");
      if (part && !document.hidden && !keyturn.asking) {
        keyturn.asking = true;
        window[part.dataset.poll]();
      }
    }, 2000);
  },

  /**
   * Sends the file of a form as it is, says how much of it is sent, and goes where the server has
   * put it. Why it was refused stands at the field.
   */
  upload(form) {
    const button = form.querySelector("button[type=submit]");
    const progress = form.querySelector("progress");
    const field = form.querySelector("input[type=file]");
    const request = new XMLHttpRequest();
    form.querySelectorAll(".kt-field-error").forEach((message) => message.remove());
    request.upload.addEventListener("progress", (event) => (progress.value = event.loaded / event.total));
    request.addEventListener("loadend", () => {
      const place = request.status === 201 && request.getResponseHeader("Location");
      if (place) {
        location.assign(place);
        return;
      }
      button.disabled = false;
      progress.hidden = true;
      if (request.status === 401) {
        keyturn.failed(null, request);
        return;
      }
      let why = keyturn.say("not_imported");
      try {
        why = JSON.parse(request.responseText).detail.replace(/^file: /, "The file ");
      } catch (e) {
        // The server did not say why.
      }
      const message = document.createElement("div");
      message.className = "kt-field-error";
      message.setAttribute("role", "alert");
      message.textContent = why;
      field.parentElement.append(message);
      keyturn.faults(document);
    });
    request.open("POST", form.action);
    button.disabled = true;
    progress.hidden = false;
    request.send(new FormData(form));
  },

  /** Lets the keyboard scroll what is wider than the page. */
  scrolls() {
    document.querySelectorAll(".kt-scroll").forEach((part) => {
      if (part.scrollWidth > part.clientWidth && getComputedStyle(part).overflowX === "auto") {
        part.tabIndex = 0;
      } else {
        part.removeAttribute("tabindex");
      }
    });
  },

  /** Shows the panel of a tab, and hides the others. */
  tab(tab) {
    tab.parentElement.querySelectorAll("[role=tab]").forEach((other) => {
      const on = other === tab;
      other.setAttribute("aria-selected", on);
      other.tabIndex = on ? 0 : -1;
      document.getElementById(other.getAttribute("aria-controls")).classList.toggle("kt-folded", !on);
    });
    tab.focus();
  },

  /** Masks a shown secret again; says whether there was one. */
  hide(button) {
    const code = button.closest("[data-key]").querySelector(".kt-secret");
    if (!code.dataset.masked || code.textContent === code.dataset.masked) {
      return false;
    }
    code.textContent = code.dataset.masked;
    code.classList.remove("kt-shown");
    keyturn.label(button, keyturn.say("show"));
    return true;
  },

  /**
   * Performs what a button stands for: calls the page's command with the id of the row in which the
   * button is, or of the row whose menu it is in. One listener serves all buttons, also buttons of
   * rows that come later.
   */
  act(button) {
    const menu = button.closest("[popover]");
    const row = (menu ? keyturn.opener(menu) : button).closest("[data-row], [data-key]");
    if (menu) {
      menu.hidePopover();
    }
    keyturn.pressed = row;
    const parameters = row ? [{ name: "row", value: row.dataset.row || row.dataset.key }] : [];
    if (button.dataset.do) {
      window[button.dataset.do](parameters);
    } else if (button.dataset.act !== "show" || !keyturn.hide(button)) {
      window.keyAct([...parameters, { name: "act", value: button.dataset.act }, { name: "unsaved", value: keyturn.holdsUnsaved() }]);
    }
  },

  /** The button that has opened a menu. */
  opener(menu) {
    return document.querySelector(`[data-menu="${menu.id}"][aria-expanded=true]`);
  },

  /** The name of the key that a button is for: of its row, or of the page. */
  keyOf(button) {
    return (button.closest("tr") ?? document).querySelector("th[scope=row] a, h1").textContent.trim();
  },

  /** Opens a menu for the row of its button, below the button, or above where there is no room. */
  menu(button) {
    const menu = document.getElementById(button.dataset.menu);
    // The browser closes an open menu at the press already, before the click comes.
    if (keyturn.closing === button || button.getAttribute("aria-expanded") === "true") {
      keyturn.closing = null;
      menu.hidePopover();
      return;
    }
    const row = button.closest("[data-key]");
    menu.querySelectorAll("[data-to]").forEach((link) => (link.href = link.dataset.to + row.dataset.key));
    menu.querySelectorAll("[data-of]").forEach((item) => (item.hidden = !item.dataset.of.split(" ").includes(button.dataset.state)));
    menu.querySelectorAll("[data-name]").forEach((item) => item.setAttribute("aria-label", item.dataset.name.replace("{0}", () => keyturn.keyOf(button))));
    button.setAttribute("aria-expanded", "true");
    // Tab goes on from the button, not from where the menu stands in the page.
    menu.showPopover({ source: button });
    const place = button.getBoundingClientRect();
    const below = place.bottom + 4 + menu.offsetHeight <= innerHeight;
    menu.style.top = `${below ? place.bottom + 4 : Math.max(4, place.top - 4 - menu.offsetHeight)}px`;
    menu.style.left = `${Math.max(4, place.right - menu.offsetWidth)}px`;
    menu.querySelector("a, button:not([hidden])").focus();
  },

  /** Puts the rows that an act has changed in place of their former selves. */
  replace() {
    document.querySelectorAll("[id='keys:changed'] tr[data-key]").forEach((row) => {
      const old = document.querySelector(`.kt-keys tr[data-key="${row.dataset.key}"]`);
      if (old) {
        const tick = old.querySelector(".kt-tick input");
        row.querySelectorAll(".kt-tick input").forEach((box) => (box.checked = tick && tick.checked));
        old.replaceWith(row);
      } else {
        row.remove();
      }
    });
  },

  /** What a button is called, to eyes and to screen readers. It keeps what it is called in its other state. */
  label(button, text) {
    button.textContent = text;
    const other = button.dataset.other ?? document.getElementById("key-menu").dataset.hide.replace("{0}", () => keyturn.keyOf(button));
    button.dataset.other = button.getAttribute("aria-label");
    button.setAttribute("aria-label", other);
  },

  /** Shows a one-time link that the server handed out; only the browser knows its own address. */
  linked(args) {
    if (args && args.link) {
      document.getElementById("link").textContent = location.origin + args.link;
      document.getElementById("link-about").textContent = args.about;
      keyturn.dialog("link").showModal();
    }
  },

  /** Makes each module's checkbox stand for those below it; begins at a field. */
  tree(fieldId) {
    document.querySelectorAll(".kt-tree fieldset:not([data-tied])").forEach((branch) => {
      branch.dataset.tied = "true";
      const all = branch.querySelector(".kt-all");
      const leaves = [...branch.querySelectorAll("li input[type=checkbox]")];
      const free = leaves.filter((leaf) => !leaf.disabled);
      const show = () => {
        const on = leaves.filter((leaf) => leaf.checked).length;
        all.checked = on === leaves.length;
        all.indeterminate = on > 0 && !all.checked;
      };
      all.disabled = free.length === 0;
      all.addEventListener("change", () => {
        free.forEach((leaf) => (leaf.checked = all.checked));
        show();
      });
      leaves.forEach((leaf) => leaf.addEventListener("change", show));
      show();
    });
    const field = fieldId && document.getElementById(fieldId);
    if (field) {
      field.focus();
    }
  },

  /**
   * Ties each message to its field, so that screen readers tell both, and puts the focus into the
   * first field with a message.
   */
  faults(root) {
    document.querySelectorAll("[aria-invalid][data-fault]").forEach((field) => {
      if (!document.getElementById(field.dataset.fault)) {
        field.removeAttribute("aria-invalid");
        keyturn.describe(field, (ids) => ids.filter((id) => id !== field.dataset.fault));
        delete field.dataset.fault;
      }
    });
    let first = null;
    root.querySelectorAll(".kt-field-error").forEach((message, at) => {
      const field = message.parentElement.querySelector("input:enabled, select:enabled, textarea:enabled");
      if (field && !field.dataset.fault) {
        message.id = message.id || `${field.id}-fault-${at}`;
        field.dataset.fault = message.id;
        field.setAttribute("aria-invalid", "true");
        keyturn.describe(field, (ids) => [...ids, message.id]);
        first = first || field;
      }
    });
    if (first) {
      keyturn.unfold();
      first.focus();
    }
  },

  describe(field, change) {
    const ids = change((field.getAttribute("aria-describedby") || "").split(" ").filter(Boolean));
    if (ids.length) {
      field.setAttribute("aria-describedby", ids.join(" "));
    } else {
      field.removeAttribute("aria-describedby");
    }
  },

  /** Opens what is folded where a field in it was refused. */
  unfold() {
    document.querySelectorAll("details:has(.kt-field-error)").forEach((details) => (details.open = true));
  },

  /** Copies a text; where the browser does not let it, says how a person can. */
  async copy(text, otherwise = "no_clipboard_select") {
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch (e) {
      done = keyturn.copyBySelection(text);
    }
    keyturn.tell(keyturn.say(done ? "copied" : otherwise));
  },

  /** For pages over plain http, where browsers have no clipboard API. */
  copyBySelection(text) {
    const before = document.activeElement;
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "kt-offscreen";
    keyturn.top().append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before.focus();
    return done;
  },

  /**
   * The open dialog, or the page. What is outside of an open dialog lies under it: it cannot be selected, and screen readers
   * do not tell it.
   */
  top() {
    return [...document.querySelectorAll("dialog:modal")].pop() || document.body;
  },

  tell(text) {
    const toast = document.getElementById("copied");
    keyturn.top().append(toast);
    toast.textContent = text;
    toast.classList.add("kt-visible");
    setTimeout(() => toast.classList.remove("kt-visible"), 4000);
  },

  /**
   * Moves the reason of a failure into the dialog that stayed open. The page lies under the dialog, and screen readers do
   * not tell what changes there.
   */
  outcome() {
    const messages = document.getElementById("messages");
    const dialog = [...document.querySelectorAll(".kt-dialog:modal")].pop();
    // An update brings other messages; what stands there since before says nothing about the act.
    if (messages && dialog && !messages.dataset.seen) {
      dialog.querySelector(".kt-outcome").replaceChildren(...(messages.querySelector(".kt-error") ? messages.childNodes : []));
    }
    if (messages) {
      messages.dataset.seen = "true";
    }
  },

  /** Shows what came of an act on a key: its dialog, or its secret. */
  acted(status, args) {
    if (args && args.dialog) {
      keyturn.open(args.dialog, status, args);
    }
    if (args && args.ready) {
      keyturn.focus("ready-title");
    }
    keyturn.handed(args);
  },

  /** Puts the focus into a part of the page, where the page has it. */
  focus(id) {
    const part = document.getElementById(id);
    if (part) {
      part.focus();
    }
  },

  /** Whether a form holds what was not saved: other values than the page came with, or a fault. */
  unsaved(form) {
    return form.querySelector(".kt-field-error") !== null || [...form.elements].filter((field) => field.name).some((field) =>
      field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
        : field.tagName === "SELECT" ? field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected))
          : /^(INPUT|TEXTAREA)$/.test(field.tagName) && field.type !== "hidden" && field.value !== field.defaultValue);
  },

  /** Whether a form of the page that asks before it is left holds what was not saved. */
  holdsUnsaved() {
    return [...document.querySelectorAll("form.kt-asks")].some(keyturn.unsaved);
  },

  /** A dialog of the page by its name; null where the page has none of this name. */
  dialog(name) {
    return document.querySelector(`dialog[data-name="${name}"]`);
  },

  /** Opens a dialog when the server has answered that it may. */
  open(dialog, status, args) {
    if (status === "success" && args && !args.validationFailed) {
      keyturn.dialog(dialog).showModal();
    }
  },

  /**
   * Closes a dialog when the server has done what it asks for. Otherwise the dialog stays, with all that was typed and with
   * what is wrong.
   */
  close(dialog, status, args) {
    if (status === "success" && args && !args.validationFailed) {
      keyturn.dialog(dialog).close();
    }
  },

  /**
   * Says that an act was not done, and why: its session has ended, say. All that was typed stays.
   * Where the server's answer was lost, nobody knows whether it was done.
   */
  failed(event, request) {
    const dialog = document.getElementById("refused");
    const say = (id, text) => (document.getElementById(id).textContent = text);
    const known = request.status >= 400 && request.status < 500;
    let why = keyturn.say("no_answer_maybe_done");
    if (request.status >= 400) {
      try {
        why = JSON.parse(request.responseText).detail;
      } catch (e) {
        why = keyturn.say("server_failed");
      }
    }
    const title = keyturn.say(known ? "nothing_done" : "not_worked");
    say("refused-title", title);
    // The title says it.
    why = why.startsWith(title) ? why.slice(title.length).replace(/^[:.] */, "") : why;
    say("refused-why", why.charAt(0).toUpperCase() + why.slice(1));
    const ended = request.status === 401;
    document.getElementById("refused-kept").hidden = !known;
    document.getElementById("refused-sign-in").hidden = !ended;
    document.getElementById("refused-anew").hidden = request.status !== 400;
    document.getElementById("refused-sign-in").href =
      "/login?return=" + encodeURIComponent(location.pathname + location.search);
    if (!dialog.open) {
      dialog.showModal();
    }
  },

  /**
   * When a dialog has closed, what was to be seen once is forgotten, and the focus goes back to the
   * button that opened it; or, where the button is gone from the page, to the beginning of the content.
   */
  dialogs() {
    // The browser itself remembers what has the focus, but while a button asks the server nothing has.
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      const menu = button && button.closest("[popover]");
      if (menu) {
        keyturn.last = keyturn.opener(menu);
      } else if (button && !button.closest("dialog")) {
        keyturn.last = button;
        // An update takes a button out of its row before the button is asked for its key.
        const row = button.closest("[data-key]");
        keyturn.lastKey = row && row.dataset.key;
      }
    }, true);
    // Listeners of the document also serve dialogs that an act brings anew.
    document.addEventListener("close", ({ target }) => {
      if (target.matches(".kt-dialog")) {
        target.querySelectorAll("[data-once]").forEach((secret) => (secret.textContent = ""));
        target.querySelector(".kt-outcome").replaceChildren();
        keyturn.nowFor(keyturn.last).focus();
      }
    }, true);
    const keep = (event) => event.target.closest(".kt-dialog[data-kept=true]") && event.preventDefault();
    document.addEventListener("cancel", keep, true);
    // A browser closes a dialog at a second Escape without asking.
    document.addEventListener("keydown", (event) => event.key === "Escape" && keep(event), true);
  },

  /** Lets a button rest until the server has answered it, so that a second press does not ask twice. */
  rest(settings, resting) {
    const source = document.getElementById(PrimeFaces.ajax.Utils.getSourceId(settings));
    if (source && source.tagName === "BUTTON") {
      source.disabled = resting;
    }
  },

  /** Gives the focus back where an update of the page, which a part of it asked for, has taken away what had it. */
  refocus(source) {
    setTimeout(() => {
      const dialog = [...document.querySelectorAll("dialog[open]")].pop();
      if (document.activeElement !== document.body) {
        return;
      }
      if (dialog && source) {
        keyturn.goOn(dialog, document.getElementById(source));
      } else if (!dialog && keyturn.last) {
        keyturn.nowFor(keyturn.last).focus();
      }
    }, 0);
  },

  /** Goes on in a dialog after an update: at the pressed button, or else with what the next step says or asks first. */
  goOn(dialog, pressed) {
    const next = dialog.contains(pressed) ? pressed
      : dialog.querySelector("[tabindex='-1']") || dialog.querySelector("input:not([type=hidden]), select, textarea, button");
    next.focus();
  },

  /** What stands for a button in the page now: itself, its like in a new row, or the content. */
  nowFor(button) {
    if (button && button.isConnected) {
      return button;
    }
    const name = button && button.getAttribute("aria-label");
    const twin = name
      ? [...document.querySelectorAll("main button")].find((b) => b.getAttribute("aria-label") === name)
      : button && button.id && document.getElementById(button.id);
    const key = button && button === keyturn.last && keyturn.lastKey;
    const act = key && (button.dataset.act === "close" ? "ready" : button.dataset.act);
    const like = key && (document.querySelector(`[data-key="${key}"] [data-act="${act}"]`)
      || document.querySelector(`tr[data-key="${key}"] a`));
    return twin || like || document.getElementById("content");
  },

  /** Where days can be filtered: they and all times are in one zone, that of all pages if none is given. */
  zones() {
    const field = document.getElementById("zone");
    if (field) {
      field.value = keyturn.zone();
      document.querySelectorAll(".kt-zone").forEach((name) => (name.textContent = field.value));
    }
  },

  /** The zone of the page's days and times: that of its filter, or that in which the server writes charts and reads dates. */
  zone() {
    const field = document.getElementById("zone");
    return (field && field.value) || document.documentElement.dataset.zone;
  },

  /** Tells the server the reader's zone, in which the next pages show and read times. */
  tellZone() {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (zone && zone !== document.documentElement.dataset.zone) {
      document.cookie = `keyturn-zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
    }
  },

  /** The page's language, as the reader's country writes it where the browser says the country. */
  locale: (navigator.languages || []).find((tag) => tag.split("-")[0] === document.documentElement.lang) || document.documentElement.lang,

  /** How much later the server's clock is than the browser's, in milliseconds. */
  ahead: Number(document.documentElement.dataset.now) - Date.now() || 0,

  /** The time by the server's clock: a browser's clock may be wrong. */
  now() {
    return Date.now() + keyturn.ahead;
  },

  /**
   * Times in the page's zone: in a list of keys as the time from now, elsewhere as date and time. The
   * exact time with its zone is shown under the pointer, and beside whatever has the focus.
   */
  localise(root) {
    keyturn.spark(root);
    // What a button is for is the same in each row but for the name. Written by the server, it would be an eighth of the page.
    root.querySelectorAll("[data-named]:not([aria-label])").forEach((part) =>
      part.setAttribute("aria-label", keyturn.say(`${part.dataset.named}_of`, keyturn.keyOf(part))));
    const formats = (timeStyle) => [{ dateStyle: "medium" }, { timeStyle }].map(
      (style) => new Intl.DateTimeFormat(keyturn.locale, { ...style, timeZone: keyturn.zone() }));
    const [short, long] = [formats("short"), formats("medium")];
    const exact = new Intl.DateTimeFormat(keyturn.locale, { dateStyle: "medium", timeStyle: "long", timeZone: keyturn.zone() });
    root.querySelectorAll("time[datetime]:not([data-exact])").forEach((time) => {
      const at = new Date(time.getAttribute("datetime"));
      time.dataset.exact = exact.format(at);
      keyturn.reach(time);
      // Where a line ends, it ends between date and time.
      time.textContent = time.classList.contains("kt-ago")
        ? keyturn.ago(at, time.dataset.past)
        : (time.closest(".kt-events") ? long : short).map((f) => f.format(at).replaceAll(" ", "\u00a0")).join(", ");
    });
  },

  /** Lets the keyboard reach the exact time. All times of a row show it when something in the row has the focus. */
  reach(time) {
    if (!time.closest("tr, li")?.querySelector("a, button, input, summary, [tabindex]")) {
      time.tabIndex = 0;
    }
  },

  /** Draws the requests of each of the last days as small bars, beside the last use of a key. */
  spark(root) {
    root.querySelectorAll("[data-spark]:empty").forEach((place) => {
      const days = place.dataset.spark.split(" ").map(Number);
      const most = Math.max(...days);
      if (most > 0) {
        const draw = (name, attributes) => Object.entries(attributes).reduce((element, [key, value]) => {
          element.setAttribute(key, value);
          return element;
        }, document.createElementNS("http://www.w3.org/2000/svg", name));
        const sum = days.reduce((a, b) => a + b).toLocaleString(keyturn.locale);
        const chart = draw("svg", { viewBox: `0 0 ${days.length * 5} 16`, role: "img", "aria-label": keyturn.say("requests_in_days", sum, days.length) });
        const title = draw("title", {});
        title.textContent = chart.getAttribute("aria-label");
        // A day with few requests is seen, too; a day without any is a line.
        chart.append(title, ...days.map((count, day) => [count === 0 ? 1 : Math.max(2, 16 * count / most), day]).map(
          ([height, day]) => draw("rect", { x: day * 5, y: 16 - height, width: 4, height })));
        place.append(chart);
      }
    });
  },

  /** A time as people say it: 3 minutes ago, in 23 hours. What is past is never in the future. */
  ago(at, past) {
    const seconds = Math.min(Math.round((at - keyturn.now()) / 1000), past === "true" ? 0 : Infinity);
    const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
    for (const [unit, length] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
      if (Math.abs(seconds) >= length * (unit === "day" ? 2 : 1)) {
        return format.format(Math.trunc(seconds / length), unit);
      }
    }
    return keyturn.say(seconds > 0 ? "less_than_a_minute" : "just_now");
  },

  /** Keeps the times from now current. */
  tick() {
    document.querySelectorAll("time.kt-ago[data-exact]").forEach((time) => {
      time.textContent = keyturn.ago(new Date(time.getAttribute("datetime")), time.dataset.past);
    });
  },
};
window.keyturn = keyturn;
if (window.jQuery) {
  jQuery(document).on("pfAjaxError", keyturn.failed);
  // What refuses an act is JSON. jQuery would read it as XML, and browsers write styles of their own into what is no XML.
  jQuery.ajaxSetup({ converters: { "text xml": (text) => (text.trimStart().startsWith("<") ? jQuery.parseXML(text) : null) } });
}

/* Charts in the page's colours; PrimeFaces has loaded the library where a page has one. */
if (window.Chart) {
  const colours = () => {
    const style = getComputedStyle(document.documentElement);
    Chart.defaults.color = style.getPropertyValue("--quiet");
    Chart.defaults.borderColor = style.getPropertyValue("--line");
    Object.values(Chart.instances).forEach((chart) => {
      // Axes have taken over the defaults of the time when they were made.
      Object.values(chart.options.scales).forEach((axis) => {
        axis.ticks.color = Chart.defaults.color;
        axis.grid.color = Chart.defaults.borderColor;
      });
      chart.update("none");
    });
  };
  colours();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", colours);
}

document.addEventListener("DOMContentLoaded", () => {
  keyturn.tree();
  document.getElementById("refused-anew").addEventListener("click", () => location.reload());
  keyturn.dialogs();
  keyturn.tellZone();
  keyturn.zones();
  keyturn.localise(document);
  keyturn.faults(document);
  keyturn.outcome();
  if (window.jQuery) {
    jQuery(document).on("pfAjaxSend", (event, request, settings) => keyturn.rest(settings, true));
    jQuery(document).on("pfAjaxComplete", (event, request, settings) => {
      keyturn.rest(settings, false);
      keyturn.asking = false;
      keyturn.scrolls();
      keyturn.faults(document);
      keyturn.tree();
      keyturn.refocus(PrimeFaces.ajax.Utils.getSourceId(settings));
      // Only after this, the act's own end closes its dialog or leaves it open.
      setTimeout(keyturn.outcome);
    });
  }
  setInterval(keyturn.tick, 20000);
  keyturn.watch();
  keyturn.poll();
  keyturn.scrolls();
  addEventListener("resize", keyturn.scrolls);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-upload]")) {
      event.preventDefault();
      keyturn.upload(event.target);
    }
  });
  keyturn.lookForAnswers();
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.nodeType === 1);
    added.forEach((node) => node.isConnected && keyturn.localise(node.parentElement || node));
  }).observe(document.body, { childList: true, subtree: true });
  // Each program of a guide can be copied.
  document.querySelectorAll(".kt-guide pre").forEach((program, at) => {
    program.id = `program-${at + 1}`;
    const copy = document.createElement("button");
    copy.type = "button";
    copy.className = "kt-button kt-small kt-copy-program";
    copy.dataset.copy = program.id;
    copy.textContent = keyturn.say("copy");
    copy.setAttribute("aria-label", keyturn.say("copy_program", at + 1));
    program.after(copy);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do], button[data-act], button[data-menu]");
    const source = event.target.closest("[data-copy]");
    if (source) {
      const text = document.getElementById(source.dataset.copy);
      keyturn.copy((text.querySelector("pre") || text).textContent.trim());
    }
    if (event.target.closest("[data-close]")) {
      event.target.closest("dialog").close();
    }
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      keyturn.dialog(opener.dataset.dialog).showModal();
    }
    const tab = event.target.closest("[role=tab]");
    if (tab) {
      keyturn.tab(tab);
    }
    if (button && button.dataset.menu) {
      keyturn.menu(button);
    } else if (button) {
      keyturn.act(button);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    const button = event.target.closest("button[data-menu]");
    keyturn.closing = button && button.getAttribute("aria-expanded") === "true" ? button : null;
  }, true);
  // The browser closes a menu by Escape or a click elsewhere; then the focus goes back to its button.
  document.addEventListener("toggle", (event) => {
    if (event.target.matches("[popover]") && event.newState === "closed") {
      const button = keyturn.opener(event.target);
      if (button) {
        button.setAttribute("aria-expanded", "false");
        if (document.activeElement === document.body) {
          button.focus();
        }
      }
    }
    if (event.target.matches("details[data-open]") && event.newState === "open" && !event.target.querySelector("input")) {
      window[event.target.dataset.open]();
    }
  }, true);
  document.addEventListener("keydown", (event) => {
    const tab = event.target.closest("[role=tab]");
    const along = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (tab && along) {
      const tabs = [...tab.parentElement.querySelectorAll("[role=tab]")];
      keyturn.tab(tabs[(tabs.indexOf(tab) + along + tabs.length) % tabs.length]);
    }
    const menu = event.target.closest("[popover]");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (menu && step) {
      const items = [...menu.querySelectorAll("a, button:not([hidden])")];
      items[(items.indexOf(event.target) + step + items.length) % items.length].focus();
      event.preventDefault();
    }
  });
  // A menu closes when the focus leaves it: it would cover what has the focus then.
  // A press that focuses what the menu lies in, as Safari does, is not leaving.
  document.addEventListener("focusout", (event) => {
    const left = event.target.closest("[popover], #settings-menu");
    const to = event.relatedTarget;
    if (left && to && !left.contains(to) && !to.contains(left)) {
      if (left.popover) {
        left.hidePopover();
      } else {
        left.open = false;
      }
    }
  });
  // A menu stands still while the page moves under it.
  document.addEventListener("scroll", (event) => {
    document.querySelectorAll("[popover]:popover-open").forEach((menu) => menu.contains(event.target) || menu.hidePopover());
  }, true);
  addEventListener("beforeunload", (event) => {
    if (keyturn.holdsUnsaved()) {
      event.preventDefault();
    }
  });
  const menu = document.getElementById("settings-menu");
  document.addEventListener("click", (event) => {
    if (menu && !menu.contains(event.target)) {
      menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (menu && menu.open && event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
});
