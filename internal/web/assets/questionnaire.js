// Saves an answer while somebody types. Everything works without this file: the buttons of the form do the same.
//
// What was typed is kept in this browser until the node has confirmed it. So it is still there after a lost line, a lost session, a closed window,
// or a node that is restarted. Nobody else's text is overwritten: the form says on which version it was written, and the node refuses it where there
// is a newer one.
(() => {
  'use strict';
  const form = document.getElementById('answer');
  const status = document.getElementById('save-status');
  if (!form || !status) return;

  const pause = 1500; // after the last key, in milliseconds
  const longestPause = 30000; // between tries on a lost line
  const signIn = status.querySelector('a');
  const line = document.createElement('span');
  status.prepend(line);
  const version = form.elements.namedItem('version');
  const address = new URL(form.action, location.href).pathname;
  const place = 'answer ' + form.dataset.person + ' ' + address.replace(/^\/[^/]+/, ''); // the same in all languages

  const fields = () => {
    const all = {};
    for (const [name, value] of new FormData(form)) if (name !== 'version') all[name] = value;
    return all;
  };
  const text = () => JSON.stringify(fields());
  const store = {
    read: () => { try { return JSON.parse(localStorage.getItem(place)); } catch { return null; } },
    write: () => { try { localStorage.setItem(place, JSON.stringify({ version: version.value, fields: fields() })); } catch { /* full or forbidden: the buttons still save */ } },
    forget: (key = place) => { try { localStorage.removeItem(key); } catch { /* forbidden */ } },
  };
  // The version that the node has confirmed last in this window: a page that was asked for while a save was under way can be an older one.
  const confirmed = {
    read: () => { try { return Number(sessionStorage.getItem(place)); } catch { return 0; } },
    write: (number) => { try { sessionStorage.setItem(place, number); } catch { /* forbidden: an old page is then found out when it is saved */ } },
  };
  if (!form.dataset.unsaved && confirmed.read() > Number(version.value)) {
    confirmed.write(0); // asked for once more, not again and again
    location.reload();
    return;
  }
  const say = (kind, more = '') => {
    line.textContent = status.dataset[kind] + (more ? ' ' + more : '');
    status.classList.toggle('warn', !['typing', 'saving', 'saved'].includes(kind));
    signIn.hidden = kind !== 'signedOut';
  };

  let timer = 0;
  let running = null; // the save that is under way
  let tries = 0;
  let stopped = false; // somebody else has changed the answer: the reader decides
  let kept = text(); // what the node has
  let seen = kept; // what was typed when the script last looked: leaving a field changes nothing, and must not move what is clicked on

  const plan = (after) => { clearTimeout(timer); timer = setTimeout(save, after); };
  const changed = () => {
    if (stopped || text() === seen) return;
    seen = text();
    if (seen === kept) { // taken back by hand
      clearTimeout(timer);
      store.forget();
      line.textContent = '';
      return;
    }
    store.write();
    say('typing');
    plan(pause);
  };

  const save = () => {
    clearTimeout(timer);
    if (running || stopped || text() === kept) return running ?? Promise.resolve();
    running = send().finally(() => { running = null; });
    return running;
  };

  const send = async () => {
    const sent = text();
    const body = new URLSearchParams(new FormData(form));
    say('saving');
    let answer;
    let note = {};
    try {
      answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' }, redirect: 'manual' });
      if ((answer.headers.get('Content-Type') ?? '').startsWith('application/json')) note = await answer.json();
    } catch {
      again();
      return;
    }
    if (answer.ok && note.version) {
      tries = 0;
      version.value = note.version;
      confirmed.write(note.version);
      kept = sent;
      if (text() === sent) {
        store.forget();
        line.textContent = status.dataset.saved.replace('…', new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' }));
        status.classList.remove('warn');
        signIn.hidden = true;
      } else {
        store.write();
        plan(pause);
      }
    } else if (answer.status === 409) {
      stopped = true;
      say('conflict');
    } else if (answer.status === 401) {
      say('signedOut');
    } else if (answer.status === 422) {
      say('wrong', (note.problems ?? []).join(' '));
    } else {
      again();
    }
  };

  const again = () => {
    say('offline');
    tries += 1;
    plan(Math.min(longestPause, pause * 2 ** tries));
  };

  // What an earlier page has left here and the node has not confirmed comes back into the form.
  const restore = () => {
    const left = store.read();
    if (!left || form.dataset.unsaved) return;
    const before = text();
    for (const control of form.elements) {
      if (!control.name || control.name === 'version') continue;
      if (control.type === 'radio') control.checked = left.fields[control.name] === control.value;
      else if (control.name in left.fields) control.value = left.fields[control.name];
    }
    if (text() === before) {
      store.forget();
      return;
    }
    version.value = left.version;
    seen = text();
    say('restored');
    plan(pause);
  };

  if (form.dataset.done) store.forget(place.replace(/[^/]*$/, form.dataset.done));
  if (form.dataset.unsaved) {
    kept = '';
    store.write();
  }
  restore();
  form.addEventListener('input', changed);
  form.elements.namedItem('language').addEventListener('change', (event) => { form.elements.namedItem('reasons').lang = event.target.value; });
  form.addEventListener('change', changed);
  window.addEventListener('online', () => { tries = 0; save(); });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') save(); });
  form.addEventListener('submit', (event) => {
    clearTimeout(timer);
    if (running) { // its version is that of the form once it has come back
      event.preventDefault();
      running.finally(() => form.requestSubmit(event.submitter));
    }
  });
})();
