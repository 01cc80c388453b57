import { vocabulary } from '../../values/vocabulary.ts';

export type Channel = 'voice' | 'chat' | 'email' | 'ticket' | 'message';
export type Outcome = 'open' | 'answered' | 'abandoned' | 'missed' | 'busy' | 'failed' | 'voicemail';
export type Direction = 'inbound' | 'outbound';

export const channelNames: readonly Channel[] = ['voice', 'chat', 'email', 'ticket', 'message'];
export const outcomeNames: readonly Outcome[] = ['open', 'answered', 'abandoned', 'missed', 'busy', 'failed', 'voicemail'];
export const directionNames: readonly Direction[] = ['inbound', 'outbound'];

export const channels = vocabulary<Channel>([
  ['voice', 'voice,call,calls,phone,phone call,telephone,telefon,anruf,call center,call centre,appel,telephone,llamada,telefono,telefoon,inbound call,outbound call,voip'],
  ['chat', 'chat,live chat,livechat,web chat,webchat,chatbot,chat bot'],
  ['email', 'email,e mail,mail,correo,courriel'],
  ['ticket', 'ticket,case,web form,form,formular,portal'],
  ['message', 'message,messaging,sms,text,whatsapp,messenger,facebook,social,social media,nachricht'],
]);

export const directions = vocabulary<Direction>([
  ['inbound', 'inbound,in,incoming,eingehend,entrant,entrante,inkomend'],
  ['outbound', 'outbound,out,outgoing,ausgehend,sortant,saliente,in uscita,uscente,uitgaand'],
]);

export const outcomes = vocabulary<Outcome>([
  ['answered', 'answered,completed,complete,handled,connected,closed,resolved,solved,successful,success,angenommen,beantwortet,erledigt,abgeschlossen,repondu,traite,contestada,atendida,risposto,beantwoord'],
  ['abandoned', 'abandoned,abandon,hung up,hangup,caller hung up,dropped,aufgelegt,abgebrochen,abandonne,abandonada,abbandonata,opgehangen'],
  ['missed', 'missed,no answer,noanswer,not answered,unanswered,verpasst,nicht angenommen,manque,perdida,persa,gemist'],
  ['busy', 'busy,besetzt,occupe,ocupado,occupato,bezet'],
  ['failed', 'failed,failure,error,fehler,fehlgeschlagen,echec,fallida,fallito,mislukt'],
  ['voicemail', 'voicemail,voice mail,mailbox,messagerie,buzon de voz,segreteria'],
  ['open', 'open,in progress,ongoing,offen,laufend,en cours,abierta,abierto,aperto'],
]);

export const sentiments = vocabulary<number>([
  [1, 'very positive,sehr positiv,tres positif,muy positivo'],
  [0.5, 'positive,positiv,positif,positivo,positief'],
  [0, 'neutral,neutre,neutro,neutraal,mixed'],
  [-0.5, 'negative,negativ,negatif,negativo,negatief'],
  [-1, 'very negative,sehr negativ,tres negatif,muy negativo'],
]);
