// The simulated phones, live. Everything that a message brings is put into the page as text, never as markup.
'use strict';

const POLL_MS = 1000;
const byId = id => document.getElementById(id);
const view = { selected: null, search: '', version: null, latest: null, kinds: [], replies: new Map() };

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// ---- how things look

function hue(text) {
  let sum = 0;
  for (const character of String(text)) sum = (sum * 31 + character.codePointAt(0)) >>> 0;
  return sum % 8;
}

function phoneNumber(phone) {
  const parts = /^(60)(1\d)(\d{3,4})(\d{4})$/.exec(phone);
  if (parts) return `+${parts[1]} ${parts[2]}-${parts[3]} ${parts[4]}`;
  return /^\d+$/.test(phone) ? `+${phone}` : phone;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const shortClock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const dayName = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const dayMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

function when(instant) {
  const date = new Date(instant);
  return date.toDateString() === new Date().toDateString() ? shortClock.format(date) : dayMonth.format(date);
}

function count(number, one, many) {
  return `${number.toLocaleString()} ${number === 1 ? one : many}`;
}

// ---- a message as WhatsApp shows it: *bold*, _italic_, ~struck~, links

const INK = /(https?:\/\/[^\s<>"]+)|(?<![\p{L}\p{N}])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])_(?=\S)([^_\n]+?)(?<=\S)_(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])~(?=\S)([^~\n]+?)(?<=\S)~(?![\p{L}\p{N}])/gu;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/u;
const LOOKALIKE = /[\u0370-\u03ff\u0400-\u04ff]/u;

function plain(into, text) {
  if (!byId('hidden-characters').checked) {
    into.append(text);
    return;
  }
  let run = '';
  for (const character of text) {
    const invisible = INVISIBLE.test(character);
    if (!invisible && !LOOKALIKE.test(character)) {
      run += character;
      continue;
    }
    if (run) into.append(run);
    run = '';
    const mark = element('mark', '', invisible ? '·' : character);
    mark.title = 'U+' + character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
    into.append(mark);
  }
  if (run) into.append(run);
}

function link(address) {
  const made = element('a', '', address);
  made.href = address;
  made.rel = 'noopener noreferrer';
  made.target = '_blank';
  return made;
}

function rich(into, text) {
  let at = 0;
  for (const found of text.matchAll(INK)) {
    plain(into, text.slice(at, found.index));
    at = found.index + found[0].length;
    if (found[1]) {
      into.append(link(found[1]));
    } else {
      const [tag, inner] = found[2] ? ['strong', found[2]] : found[3] ? ['em', found[3]] : ['s', found[4]];
      const styled = element(tag);
      plain(styled, inner);
      into.append(styled);
    }
  }
  plain(into, text.slice(at));
}

function bubble(message) {
  const made = element('article', message.mine ? 'bubble mine' : 'bubble');
  const who = message.mine ? `to ${message.device}` : message.device || '(no sender)';
  made.append(element('span', `sender ink-${hue(message.device)}`, who));
  if (message.media_url) {
    const media = element('div', 'media');
    media.append(element('span', '', '🖼'));
    media.append(/^https?:\/\//i.test(message.media_url) ? link(message.media_url) : message.media_url);
    made.append(media);
  }
  if (message.text) {
    const body = element('div', 'body');
    body.dir = 'auto';
    rich(body, message.text);
    made.append(body);
  }
  const time = element('time', '', clock.format(new Date(message.at)));
  time.dateTime = message.at;
  time.title = message.mine ? 'answered on this page' : message.ref_id ? `message ${message.ref_id}` : `delivery ${message.seq}`;
  made.append(time);
  return made;
}

// ---- the two columns

function showList(phones) {
  const rows = phones.conversations.map(each => {
    const row = element('li');
    const button = element('button', 'conversation');
    button.type = 'button';
    button.setAttribute('aria-current', String(each.phone === view.selected));
    button.append(element('span', `avatar hue-${hue(each.phone)}`, each.phone.slice(-2)));
    button.append(element('span', 'number', phoneNumber(each.phone)));
    button.append(element('time', '', when(each.last.at)));
    const preview = element('span', 'preview', (each.last.media_url ? '🖼 ' : '') + (each.last.text || ''));
    preview.dir = 'auto';
    button.append(preview);
    button.addEventListener('click', () => choose(each.phone));
    row.append(button);
    return row;
  });
  byId('conversations').replaceChildren(...rows);
  byId('nothing').hidden = phones.phones > 0;
  const rest = phones.found - phones.conversations.length;
  byId('more').hidden = phones.phones === 0 || (rest <= 0 && phones.found > 0);
  byId('more').textContent = rest > 0 ? `${count(rest, 'more phone', 'more phones')}; search to find one.` : 'No phone or sender like that.';
}

function showMessages(selected) {
  const box = byId('messages');
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const before = box.dataset.phone === selected.phone ? Number(box.dataset.last) : null;
  const parts = [];
  if (selected.count > selected.messages.length) {
    parts.push(element('p', 'day', `${count(selected.count - selected.messages.length, 'earlier message', 'earlier messages')} in /ledger`));
  }
  let day = '';
  const replies = view.replies.get(selected.phone) || [];
  const all = [...selected.messages, ...replies].sort((one, other) => one.at < other.at ? -1 : one.at > other.at ? 1 : 0);
  for (const message of all) {
    const ofDay = dayName.format(new Date(message.at));
    if (ofDay !== day) parts.push(element('p', 'day', ofDay));
    day = ofDay;
    parts.push(bubble(message));
  }
  box.replaceChildren(...parts);
  const last = selected.messages.length ? selected.messages[selected.messages.length - 1].seq : 0;
  box.dataset.phone = selected.phone;
  box.dataset.last = last;
  if (before === null || atEnd) box.scrollTop = box.scrollHeight;
  byId('newest').hidden = before === null || atEnd || last === before;
}

function show(phones) {
  view.latest = phones;
  byId('totals').className = '';
  byId('totals').textContent = phones.messages === 0
    ? 'Nothing has arrived yet.'
    : `${count(phones.messages, 'message', 'messages')} on ${count(phones.phones, 'phone', 'phones')}`;
  if (view.selected === null && phones.conversations.length && matchMedia('(min-width: 44.01rem)').matches) {
    choose(phones.conversations[0].phone);
    return;
  }
  showList(phones);
  byId('phone').classList.toggle('chosen', phones.selected !== undefined);
  if (phones.selected) {
    byId('phone-number').textContent = phoneNumber(phones.selected.phone);
    byId('phone-count').textContent = count(phones.selected.count, 'message', 'messages');
    byId('phone-avatar').className = `avatar hue-${hue(phones.selected.phone)}`;
    byId('phone-avatar').textContent = phones.selected.phone.slice(-2);
    showMessages(phones.selected);
  } else {
    byId('messages').replaceChildren();
  }
  byId('reply').hidden = !phones.selected;
}

function choose(phone) {
  view.selected = phone;
  view.version = null;
  told(byId('reply-result'), '');
  document.body.classList.toggle('reading', phone !== null);
  byId('newest').hidden = true;
  history.replaceState(null, '', phone === null ? location.pathname : '#' + encodeURIComponent(phone));
  refresh();
}

// ---- live

let asking = null;

async function refresh() {
  if (asking) asking.abort();
  const mine = asking = new AbortController();
  const query = new URLSearchParams();
  if (view.version !== null) query.set('known', view.version);
  if (view.selected !== null) query.set('selected', view.selected);
  if (view.search) query.set('q', view.search);
  try {
    const answer = await fetch('/phones?' + query, { signal: mine.signal });
    if (answer.status === 200) {
      const phones = await answer.json();
      view.version = phones.version;
      show(phones);
    } else if (answer.status === 204 && view.latest) {
      byId('totals').className = '';
    }
  } catch (failure) {
    if (failure.name !== 'AbortError') {
      byId('totals').className = 'lost';
      byId('totals').textContent = 'The simulator does not answer; it is asked again.';
      view.version = null;
    }
  } finally {
    if (asking === mine) asking = null;
  }
}

function poll() {
  if (!document.hidden && !asking) refresh();
}

// ---- faults and devices

async function call(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: body ? { 'Content-Type': 'application/json' } : {},
    body: body ? JSON.stringify(body) : undefined,
  });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.error || `HTTP ${answer.status}`);
  }
  return answer.status === 204 ? null : answer.json();
}

function told(output, text, wrong) {
  output.textContent = text;
  output.classList.toggle('wrong', Boolean(wrong));
}

function describe(fault) {
  const words = [fault.kind.replaceAll('_', ' ')];
  words.push(fault.device ? `on ${fault.device}` : 'on every device');
  if (fault.phones && fault.phones.length) words.push(`for ${fault.phones.join(', ')}`);
  if (fault.probability !== undefined && fault.probability !== null) words.push(`${Math.round(fault.probability * 100)} %`);
  words.push(fault.count ? `${fault.strikes} of ${count(fault.count, 'time', 'times')}` : `struck ${count(fault.strikes, 'time', 'times')}`);
  const options = optionsOf(fault.kind);
  if (options.includes('delivered')) words.push(fault.delivered ? 'delivered' : 'not delivered');
  if (options.includes('delay_ms')) words.push(`pause ${fault.delay_ms} ms`);
  if (options.includes('retry_after_seconds')) words.push(`again after ${fault.retry_after_seconds} s`);
  return words.join(' · ');
}

function optionsOf(kind) {
  const known = view.kinds.find(each => each.kind === kind);
  return known ? known.options : [];
}

async function showFaults() {
  const [faults, devices] = await Promise.all([call('GET', '/control/faults'), call('GET', '/control/devices')]);
  byId('fault-count').hidden = faults.items.length === 0;
  byId('fault-count').textContent = faults.items.length;
  byId('active-faults').replaceChildren(...faults.items.map(fault => {
    const row = element('li');
    row.append(element('span', '', describe(fault)));
    const off = element('button', '', 'Off');
    off.type = 'button';
    off.addEventListener('click', () => call('DELETE', `/control/faults/${fault.id}`).then(showFaults, showFaults));
    row.append(off);
    return row;
  }));
  byId('devices').replaceChildren(...devices.items.map(device => {
    const row = element('li');
    row.append(element('span', '', device.token), element('span', 'quiet', device.status));
    return row;
  }));
  byId('known-devices').replaceChildren(...devices.items.map(device => {
    const option = element('option');
    option.value = device.token;
    return option;
  }));
}

async function showKinds() {
  view.kinds = (await call('GET', '/control/fault-kinds')).items;
  byId('kinds').replaceChildren(...view.kinds.map((each, index) => {
    const label = element('label', 'kind');
    const radio = element('input');
    radio.type = 'radio';
    radio.name = 'kind';
    radio.value = each.kind;
    radio.checked = index === 0;
    label.append(radio, element('span', '', each.kind.replaceAll('_', ' ')), element('small', '', each.explanation));
    return label;
  }));
  showOptions();
}

function showOptions() {
  const options = optionsOf(new FormData(byId('fault-form')).get('kind'));
  for (const label of byId('fault-form').querySelectorAll('[data-option]')) {
    label.hidden = !options.includes(label.dataset.option);
  }
}

function faultOf(form) {
  const wanted = new FormData(form);
  const fault = { kind: wanted.get('kind') };
  const phones = wanted.get('phones').split(',').map(each => each.replace(/[^\d]/g, '')).filter(Boolean);
  if (wanted.get('device').trim()) fault.device = wanted.get('device').trim();
  if (phones.length) fault.phones = phones;
  if (wanted.get('probability')) fault.probability = Number(wanted.get('probability')) / 100;
  if (wanted.get('count')) fault.count = Number(wanted.get('count'));
  const options = optionsOf(fault.kind);
  if (options.includes('delay_ms')) fault.delay_ms = Number(wanted.get('delay_ms'));
  if (options.includes('retry_after_seconds')) fault.retry_after_seconds = Number(wanted.get('retry_after_seconds'));
  if (options.includes('delivered')) fault.delivered = wanted.get('delivered') !== null;
  return fault;
}

async function switchOn(event) {
  event.preventDefault();
  const result = byId('fault-result');
  try {
    await call('POST', '/control/faults', faultOf(event.target));
    told(result, 'Switched on.');
  } catch (failure) {
    told(result, failure.message, true);
  }
  showFaults();
}

async function setDevice(event) {
  event.preventDefault();
  const wanted = new FormData(event.target);
  const result = byId('device-result');
  try {
    await call('POST', `/control/devices/${encodeURIComponent(wanted.get('token').trim())}`, { status: wanted.get('status') });
    told(result, 'Set. Siaran sees it at its next check of the device.');
  } catch (failure) {
    told(result, failure.message, true);
  }
  showFaults();
}

async function setWebhook(event) {
  event.preventDefault();
  const wanted = Object.fromEntries(new FormData(event.target));
  const result = byId('webhook-result');
  if (!wanted.secret) delete wanted.secret;
  try {
    await call('POST', '/control/webhooks', wanted);
    told(result, 'Set. Send a message, and its receipts follow.');
  } catch (failure) {
    told(result, failure.message, true);
  }
}

function openFaults() {
  byId('faults').showModal();
  showFaults();
}

// ---- the person answers

async function reply(event) {
  event.preventDefault();
  const form = event.target;
  const text = new FormData(form).get('text').trim();
  const selected = view.latest && view.latest.selected;
  if (!text || !selected || !selected.messages.length) return;
  const last = selected.messages[selected.messages.length - 1];
  const answer = { platform: last.platform, device: last.device, phone: selected.phone, text };
  try {
    await call('POST', '/control/replies', answer);
    const mine = view.replies.get(selected.phone) || [];
    mine.push({ mine: true, at: new Date().toISOString(), device: last.device, text });
    view.replies.set(selected.phone, mine);
    form.reset();
    told(byId('reply-result'), '');
    showMessages(selected);
    byId('messages').scrollTop = byId('messages').scrollHeight;
  } catch (failure) {
    told(byId('reply-result'), failure.message, true);
  }
}

// ---- the start

byId('search').addEventListener('input', event => {
  view.search = event.target.value.trim();
  view.version = null;
  refresh();
});
byId('hidden-characters').addEventListener('change', () => view.latest && show(view.latest));
byId('back').addEventListener('click', () => choose(null));
byId('newest').addEventListener('click', () => {
  byId('messages').scrollTop = byId('messages').scrollHeight;
  byId('newest').hidden = true;
});
byId('open-faults').addEventListener('click', openFaults);
byId('close-faults').addEventListener('click', () => byId('faults').close());
byId('clear-faults').addEventListener('click', () => call('DELETE', '/control/faults').then(showFaults, showFaults));
byId('fault-form').addEventListener('submit', switchOn);
byId('fault-form').addEventListener('change', showOptions);
byId('device-form').addEventListener('submit', setDevice);
byId('reply').addEventListener('submit', reply);
byId('webhook-form').addEventListener('submit', setWebhook);

const asked = decodeURIComponent(location.hash.slice(1));
if (asked && asked !== 'faults') {
  view.selected = asked;
  document.body.classList.add('reading');
}
refresh();
showKinds().then(showFaults).then(() => asked === 'faults' && openFaults());
setInterval(poll, POLL_MS);
document.addEventListener('visibilitychange', poll);
