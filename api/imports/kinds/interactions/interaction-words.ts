import { vocabulary } from '../../values/vocabulary.ts';

export type Channel = 'voice' | 'chat' | 'email' | 'ticket' | 'message';
export type Outcome = 'open' | 'answered' | 'abandoned' | 'missed' | 'busy' | 'failed' | 'voicemail';
export type Direction = 'inbound' | 'outbound';

export const channelNames: readonly Channel[] = ['voice', 'chat', 'email', 'ticket', 'message'];
export const outcomeNames: readonly Outcome[] = ['open', 'answered', 'abandoned', 'missed', 'busy', 'failed', 'voicemail'];
export const directionNames: readonly Direction[] = ['inbound', 'outbound'];

export const channels = vocabulary<Channel>([
  ['voice', 'voice,call,calls,phone,phone call,telephone,telefon,anruf,call center,call centre,appel,telephone,llamada,telefono,telefoon,inbound call,outbound call,voip,anrufe,gespräch,telefonat,appels,appel téléphonique,voix,llamadas,voz,chiamata,chiamate,voce,chamada,chamadas,ligação,ligações,telefone,telefoongesprek,oproep,gesprek,spraak,połączenie,rozmowa,głos'],
  ['chat', 'chat,live chat,livechat,web chat,webchat,chatbot,chat bot,live-chat,clavardage,tchat,chat en vivo,chat en direct,czat'],
  ['email', 'email,e mail,mail,correo,courriel,correo electrónico,posta elettronica,e post,poczta,mejl'],
  ['ticket', 'ticket,case,web form,form,formular,portal,anfrage,vorgang,fall,demande,formulaire,incidencia,caso,formulario,richiesta,segnalazione,modulo,chamado,formulário,formulier,melding,zgłoszenie,formularz,sprawa'],
  ['message', 'message,messaging,sms,text,whatsapp,messenger,facebook,social,social media,nachricht,nachrichten,messages,réseaux sociaux,mensaje,mensajes,redes sociales,messaggio,messaggi,mensagem,mensagens,bericht,berichten,wiadomość,wiadomości'],
]);

export const directions = vocabulary<Direction>([
  ['inbound', 'inbound,in,incoming,eingehend,entrant,entrante,inkomend,eingang,ankommend,entrants,entrante,entrantes,recibida,in entrata,in arrivo,ricevuta,recebida,receptiva,receptivo,entrada,binnenkomend,ingaand,przychodzące,przychodzący,przychodząca'],
  ['outbound', 'outbound,out,outgoing,ausgehend,sortant,saliente,in uscita,uscente,uitgaand,ausgang,abgehend,sortants,émis,salientes,emitida,in uscita,effettuata,ativa,realizada,saída,efetuada,uitgaande,wychodzące,wychodzący,wychodząca'],
]);

export const outcomes = vocabulary<Outcome>([
  ['answered', 'answered,completed,complete,handled,connected,closed,resolved,solved,successful,success,angenommen,beantwortet,erledigt,abgeschlossen,repondu,traite,contestada,atendida,risposto,beantwoord,gelöst,bearbeitet,traitée,résolu,décroché,réussi,pris en charge,contestado,atendido,respondida,resuelta,resuelto,completada,risposta,gestita,risolto,completata,evasa,atendido,respondida,resolvida,resolvido,concluída,beantwoorde,opgenomen,opgelost,afgehandeld,afgerond,odebrane,odebrany,odebrana,odebrano,zakończone,rozwiązane,obsłużone,zrealizowane'],
  ['abandoned', 'abandoned,abandon,hung up,hangup,caller hung up,dropped,aufgelegt,abgebrochen,abandonne,abandonada,abbandonata,opgehangen,abandonné,abandonnée,raccroché,abandonado,colgada,colgado,abbandonato,riagganciato,abandonada,desistência,desligada,afgebroken,verlaten,porzucone,porzucony,porzucona,rozłączone'],
  ['missed', 'missed,no answer,no response,ring no answer,rna,noanswer,not answered,unanswered,verpasst,nicht angenommen,manque,perdida,persa,gemist,nicht beantwortet,unbeantwortet,manqué,sans réponse,non répondu,perdido,no contestada,sin respuesta,persa,non risposta,senza risposta,não atendida,perdida,sem resposta,niet beantwoord,onbeantwoord,nieodebrane,nieodebrany,nieodebrana,brak odpowiedzi'],
  ['busy', 'busy,besetzt,occupe,ocupado,occupato,bezet,belegt,occupé,ocupada,occupata,in gesprek,zajęte,zajęty'],
  ['failed', 'failed,failure,error,fehler,fehlgeschlagen,echec,fallida,fallito,mislukt,échoué,erreur,fallido,error,fallita,errore,falhou,falha,erro,fout,nieudane,błąd'],
  ['voicemail', 'voicemail,voice mail,mailbox,messagerie,buzon de voz,segreteria,anrufbeantworter,messagerie vocale,répondeur,buzón,segreteria telefonica,correio de voz,caixa postal,voicemailbericht,antwoordapparaat,poczta głosowa'],
  ['open', 'open,in progress,ongoing,offen,laufend,en cours,abierta,abierto,aperto,ouvert,ouverte,en curso,aperta,in corso,aberto,aberta,em andamento,open,lopend,otwarte,otwarty,w toku'],
]);

export const sentiments = vocabulary<number>([
  [1, 'very positive,sehr positiv,très positif,muy positivo,molto positivo,muito positivo,zeer positief,bardzo pozytywny,very good,excellent,very happy,very satisfied,delighted,++'],
  [0.5, 'positive,positiv,positif,positivo,positief,pozytywny,pozytywne,pos,good,happy,satisfied,pleased,+,gut,zufrieden,bon,satisfait,bueno,satisfecho,buono,soddisfatto,bom,satisfeito,goed,tevreden,dobry,zadowolony,😊,🙂,😀,👍'],
  [0, 'neutral,neutre,neutro,neutrale,neutraal,neutralny,neutralne,mixed,neu,ok,okay,average,indifferent,gemischt,mitigé,mixto,misto,gemengd,mieszany,😐'],
  [-0.5, 'negative,negativ,négatif,negativo,negatief,negatywny,negatywne,neg,bad,poor,unhappy,dissatisfied,frustrated,upset,schlecht,unzufrieden,mauvais,insatisfait,mécontent,malo,insatisfecho,cattivo,insoddisfatto,ruim,insatisfeito,slecht,ontevreden,zły,niezadowolony,☹,🙁,😞,👎'],
  [-1, 'very negative,sehr negativ,très négatif,muy negativo,molto negativo,muito negativo,zeer negatief,bardzo negatywny,very bad,terrible,awful,very unhappy,very dissatisfied,angry,furious,wütend,en colère,enfadado,arrabbiato,irritado,boos,wściekły,😠,😡'],
]);
