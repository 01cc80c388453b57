/** Tickets of a telephone company that does not exist; the host's own data, nothing of it is Sideline's. */
export interface Message {
  from: 'customer' | 'desk';
  at: string;
  text: string;
}

export interface Ticket {
  id: string;
  customer: string;
  since: string;
  phone: string;
  plan: string;
  subject: string;
  topic: string;
  channel: 'chat' | 'email' | 'voice call';
  waiting: string;
  urgent?: boolean;
  messages: Message[];
}

export const tickets: Ticket[] = [
  {
    id: 'LF-48213',
    customer: 'Helena Marsh',
    since: '2017',
    phone: '+44 20 7946 0142',
    plan: 'Fibre 500, two lines',
    subject: 'Charged twice for the May invoice',
    topic: 'billing',
    channel: 'chat',
    waiting: '3 min',
    urgent: true,
    messages: [
      { from: 'customer', at: '10:41', text: 'Hello, my card was charged £48.20 twice on the 2nd. The invoice in my account shows it only once.' },
      { from: 'desk', at: '10:42', text: 'Good morning Helena, I am sorry about that. Let me look at both bookings. May I have the last four digits of the card?' },
      { from: 'customer', at: '10:43', text: '7731. This is the second month in a row, last time I was told it would not happen again.' },
      { from: 'desk', at: '10:46', text: 'I see both. The second one is a repeated authorisation that was settled by mistake. I can refund it now; it takes two working days to reach you.' },
      { from: 'customer', at: '10:47', text: 'Please do. And can somebody tell me why it keeps happening?' },
    ],
  },
  {
    id: 'LF-48209',
    customer: 'Tomasz Wilk',
    since: '2021',
    phone: '+44 20 7946 0187',
    plan: 'Mobile 20 GB',
    subject: 'No data since the SIM swap',
    topic: 'technical support',
    channel: 'voice call',
    waiting: '8 min',
    messages: [
      { from: 'customer', at: '10:32', text: 'Voice message: I swapped the SIM yesterday. Calls work, mobile data does not, restarting did not help.' },
      { from: 'desk', at: '10:38', text: 'Note: APN settings are the old ones. Call back and send the configuration message while on the line.' },
    ],
  },
  {
    id: 'LF-48207',
    customer: 'Aisha Rahman',
    since: '2014',
    phone: '+44 20 7946 0119',
    plan: 'Fibre 100',
    subject: 'Moving house on the 28th',
    topic: 'contract',
    channel: 'email',
    waiting: '26 min',
    messages: [
      { from: 'customer', at: '09:58', text: 'We are moving within the same postcode on the 28th. Can the line move with us, and will there be a day without internet?' },
      { from: 'desk', at: '10:20', text: 'Dear Ms Rahman, the line can move. I have reserved the morning of the 28th; the old line stays on until the new one answers.' },
    ],
  },
  {
    id: 'LF-48198',
    customer: 'Derek Oyelaran',
    since: '2023',
    phone: '+44 20 7946 0155',
    plan: 'Fibre 500',
    subject: 'Router restarts every evening',
    topic: 'technical support',
    channel: 'chat',
    waiting: '41 min',
    messages: [
      { from: 'customer', at: '09:40', text: 'Every evening around eight the router restarts, in the middle of everything.' },
      { from: 'desk', at: '09:44', text: 'Thank you Derek. I can see the restarts in its log. There is a firmware update that addresses this; may I start it now? It takes four minutes.' },
      { from: 'customer', at: '09:45', text: 'Yes please.' },
    ],
  },
  {
    id: 'LF-48190',
    customer: 'Sofia Brandt',
    since: '2019',
    phone: '+44 20 7946 0173',
    plan: 'Business mobile, 12 lines',
    subject: 'Two lines to cancel, one to add',
    topic: 'contract',
    channel: 'email',
    waiting: '1 h',
    messages: [{ from: 'customer', at: '09:12', text: 'Two colleagues leave at the end of the month, one joins on the 3rd. Please cancel lines 07 and 11 and add one with the same allowance.' }],
  },
  {
    id: 'LF-48171',
    customer: 'Graham Pell',
    since: '2009',
    phone: '+44 20 7946 0131',
    plan: 'Landline, senior tariff',
    subject: 'Unknown numbers keep calling',
    topic: 'complaint',
    channel: 'voice call',
    waiting: '2 h',
    messages: [
      { from: 'customer', at: '08:21', text: 'Voice message: there were six calls yesterday, always another number, always about a computer I do not have.' },
      { from: 'desk', at: '08:50', text: 'Note: explain call screening, offer to switch it on. No charge on this tariff.' },
    ],
  },
];
