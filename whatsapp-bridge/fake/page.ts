/** The phones of the fake: scan by one click, see what arrives, answer. All that came over the wire is set as text. */
export const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WhatsApp phones</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
  li { margin: .5rem 0; } input, button { font: inherit; padding: .2rem .6rem; } .text { white-space: pre-wrap; }
</style>
<h1>WhatsApp phones</h1>
<p>These phones belong to a fake of WhatsApp on this machine. Nothing leaves it.</p>
<h2>Waiting to be linked</h2>
<ul id="waiting"></ul>
<h2>Messages</h2>
<ul id="messages"></ul>
<p id="error" role="alert"></p>
<script>
  const post = (path, body) => fetch(path, { method: 'POST', body: JSON.stringify(body) }).then(async answer => {
    document.getElementById('error').textContent = answer.ok ? '' : (await answer.json()).error
    await show()
  })
  const element = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more)
  const newPhone = linked => { let phone; do phone = '6019' + Math.floor(1e6 + Math.random() * 9e6); while (linked.includes(phone)); return phone }
  const phones = {} // the number that would scan for each device
  async function show() {
    const { waiting, linked, messages } = await (await fetch('phones')).json()
    if (document.activeElement.tagName === 'INPUT') return
    const waits = waiting.map(session => {
      const item = element('li', 'Device ' + session + ' ')
      phones[session] ??= newPhone(linked)
      const phone = element('input', '', { value: phones[session], inputMode: 'tel', ariaLabel: 'Its number' })
      phone.onchange = () => { phones[session] = phone.value; phone.blur() }
      const scan = () => post('scan', { session, phone: phone.value }).then(() => delete phones[session])
      item.append(phone, ' ', element('button', 'Scan with this phone', { onclick: scan }))
      return item
    })
    document.getElementById('waiting').replaceChildren(...(waits.length ? waits : [element('li', 'Nobody: open the link page of a device.')]))
    document.getElementById('messages').replaceChildren(...messages.map(message => {
      const item = element('li', message.from + ' to ' + message.phone + ': ')
      item.append(element('span', message.text || message.refused || message.unreadable || '', { className: 'text' }), document.createElement('br'))
      const reply = element('input', '', { placeholder: 'Reply as ' + message.phone })
      reply.onchange = () => reply.value && post('say', { from: message.phone, to: message.from, text: reply.value }).then(() => reply.blur())
      item.append(reply)
      return item
    }))
  }
  show(); setInterval(() => show().catch(() => {}), 2000)
</script>
</html>
`
