// Shows how far a long upload has come, takes files that are dropped, and says at once that files are too large. Everything works without this file:
// the button sends the form.
(() => {
  'use strict';
  for (const form of document.querySelectorAll('form.drop')) {
    const input = form.querySelector('input[type="file"]');
    const status = form.querySelector('[role="status"]');
    const button = form.querySelector('button');
    const most = Number(form.dataset.most);
    form.hidden = false; // beside an answer: what is typed there is kept by another script until it is saved

    const size = () => Array.from(input.files).reduce((sum, file) => sum + file.size, 0);
    const say = (text) => { status.textContent = text; };
    const check = () => {
      const large = size() > most;
      say(large ? form.dataset.large : '');
      button.disabled = large;
    };
    input.addEventListener('change', check);

    form.addEventListener('dragover', (event) => { event.preventDefault(); form.classList.add('over'); });
    form.addEventListener('dragleave', () => form.classList.remove('over'));
    form.addEventListener('drop', (event) => {
      event.preventDefault();
      form.classList.remove('over');
      if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; check(); }
    });

    // A small file is sent by the browser itself; of a large one its progress is shown.
    form.addEventListener('submit', (event) => {
      if (size() < 1e6) return;
      event.preventDefault();
      const bar = document.createElement('progress');
      bar.max = 100;
      status.replaceChildren(bar, document.createElement('br'), '');
      button.disabled = true;
      const request = new XMLHttpRequest();
      request.upload.addEventListener('progress', (at) => {
        if (!at.lengthComputable) return;
        bar.value = Math.floor(100 * at.loaded / at.total);
        status.lastChild.textContent = form.dataset.sending.replace('…', String(bar.value));
      });
      const broken = () => { say(form.dataset.broken); button.disabled = false; };
      request.addEventListener('error', broken);
      request.addEventListener('abort', broken);
      request.addEventListener('load', () => {
        if (request.status < 400 && request.responseURL) {
          location.assign(request.responseURL);
          return;
        }
        const page = new DOMParser().parseFromString(request.responseText, 'text/html');
        const main = page.querySelector('main');
        if (!main) { broken(); return; }
        document.querySelector('main').replaceWith(main); // with what is wrong, and what was typed
        document.title = page.title;
        main.querySelector('[role="alert"]')?.scrollIntoView();
        main.focus();
      });
      request.open('POST', form.action);
      request.send(new FormData(form));
    });
  }
})();
