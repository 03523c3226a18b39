/* What the pages do in the browser. Secrets arrive in the answer to a POST and are not kept. */
const keyturn = {
  /** Takes what the server handed out: a secret to copy, show, or show once; or asks to confirm. */
  handed(args) {
    if (!args) {
      return;
    }
    if (args.confirm) {
      PF("confirmDialog").show();
      return;
    }
    if (!args.secret) {
      return;
    }
    PF("confirmDialog").hide();
    if (args.purpose === "copy") {
      keyturn.copy(args.secret);
    } else if (args.purpose === "show") {
      const row = document.querySelector(`tr[data-key="${args.key}"]`);
      const code = row.querySelector(".kt-secret");
      code.textContent = args.secret;
      code.classList.add("kt-shown");
      keyturn.label(row.querySelector(".kt-show"), "Hide");
    } else if (args.purpose === "once") {
      document.getElementById("once-secret").textContent = args.secret;
      PF("onceDialog").show();
    }
  },

  /** Masks a shown secret again; says whether there was one. */
  hide(button) {
    const code = button.closest("tr").querySelector(".kt-secret");
    if (code.textContent === code.dataset.masked) {
      return false;
    }
    code.textContent = code.dataset.masked;
    code.classList.remove("kt-shown");
    keyturn.label(button, "Show");
    return true;
  },

  /** The first word of what a button is called, to eyes and to screen readers. */
  label(button, text) {
    (button.querySelector(".ui-button-text") || button).textContent = text;
    button.setAttribute("aria-label", button.getAttribute("aria-label").replace(/^\S+/, text));
  },

  async copy(text) {
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch (e) {
      done = keyturn.copyBySelection(text);
    }
    keyturn.tell(done ? "Copied." : "Your browser does not let pages copy. Press Show instead.");
  },

  /** For pages over plain http, where browsers have no clipboard API. */
  copyBySelection(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "kt-offscreen";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  },

  tell(text) {
    const toast = document.getElementById("copied");
    toast.textContent = text;
    toast.classList.add("kt-visible");
    setTimeout(() => toast.classList.remove("kt-visible"), 4000);
  },

  /** An action that got no answer of the page: mostly because its session has ended. */
  failed(event, request) {
    if (request.status === 0 || request.status >= 500) {
      keyturn.tell("That did not work. Please try again.");
    } else {
      // Opened anew, the page says what is wrong, or leads to the sign-in page.
      location.reload();
    }
  },

  /** Times in the reader's own zone, with the exact one in UTC as the tooltip. */
  localise(root) {
    const format = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
    root.querySelectorAll("time[datetime]:not([title])").forEach((time) => {
      time.title = time.getAttribute("datetime");
      time.textContent = format.format(new Date(time.title));
    });
  },
};
window.keyturn = keyturn;
jQuery(document).on("pfAjaxError", keyturn.failed);

document.addEventListener("DOMContentLoaded", () => {
  keyturn.localise(document);
  new MutationObserver(() => keyturn.localise(document)).observe(document.body, {
    childList: true,
    subtree: true,
  });
  const copy = document.getElementById("once-copy");
  if (copy) {
    const secret = document.getElementById("once-secret");
    copy.addEventListener("click", () => keyturn.copy(secret.textContent));
    document.getElementById("once-close").addEventListener("click", () => {
      secret.textContent = "";
      PF("onceDialog").hide();
    });
  }
  const menu = document.getElementById("settings-menu");
  document.addEventListener("click", (event) => {
    if (menu && !menu.contains(event.target)) {
      menu.open = false;
    }
  });
});
