// Makes a table of fields behave like a spreadsheet: a pasted block fills the cells from the one it is pasted into, and the arrow keys and Enter move
// between them. Without it the fields are filled one by one, or by the block's own field.
for (const table of document.querySelectorAll('table[data-grid]')) {
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll('input')]);
  const place = (input) => {
    const row = rows.findIndex((cells) => cells.includes(input));
    return [row, row < 0 ? -1 : rows[row].indexOf(input)];
  };
  const go = (row, column) => {
    const cell = rows[row]?.[column];
    if (cell) {
      cell.focus();
      cell.select();
    }
    return Boolean(cell);
  };
  table.addEventListener('paste', (event) => {
    const [row, column] = place(event.target);
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (row < 0 || !/[\t\n]/.test(text.replace(/\r?\n$/, ''))) return; // a single cell: as the browser pastes it
    event.preventDefault();
    text.replace(/\r?\n$/, '').split(/\r?\n/).forEach((line, r) => line.split('\t').forEach((cell, c) => {
      const input = rows[row + r]?.[column + c];
      if (input) input.value = cell.trim();
    }));
  });
  table.addEventListener('keydown', (event) => {
    const [row, column] = place(event.target);
    if (row < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const { value, selectionStart: from, selectionEnd: to } = event.target;
    const forward = getComputedStyle(table).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const all = from === 0 && to === value.length;
    // A field is written from left to right in every language; the caret leaves it at the end that the key points to.
    const atEdge = (key) => all || from === to && (key === 'ArrowRight' ? from === value.length : from === 0);
    let moved = false;
    if (event.key === 'ArrowUp' || event.key === 'Enter' && event.shiftKey) moved = go(row - 1, column);
    else if (event.key === 'ArrowDown' || event.key === 'Enter') moved = go(row + 1, column) || event.key === 'Enter';
    else if (event.key === forward && atEdge(event.key)) moved = go(row, column + 1);
    else if (event.key === backward && atEdge(event.key)) moved = go(row, column - 1);
    if (moved) event.preventDefault();
  });
}
