import type { FieldDefinition } from '../../mapping/field.ts';
import type { CellValue } from '../../parsing/row-source.ts';
import { parseNumber } from '../../values/numbers.ts';
import { yesNo } from '../../values/vocabulary.ts';
import { interactionNames } from '../names/interaction-names.ts';
import { field, isDate, isDuration, isIdentifier, isName, isOneOf, isRating, isText, isTime } from '../reading/plausible.ts';
import { isScaleLabel } from '../reading/rating.ts';
import { channels, directions, outcomes, sentiments } from './interaction-words.ts';

const isSentiment = (value: CellValue): boolean => isOneOf(sentiments)(value) || Math.abs(parseNumber(value) ?? 2) <= 1;

const isScale = (value: CellValue): boolean => typeof value === 'string' && isScaleLabel(value);

/** The fields of an interaction, by the names call centres give them in several languages. */
export const interactionFields: readonly FieldDefinition[] = [
  field('externalId', 'Id', isIdentifier,
    'call id,interaction id,id,contact id,conversation id,ticket id,chat id,call number,ticket number,reference,call ref,case id,session id,uuid,anruf id,vorgangsnummer,id appel,id llamada,id chiamata,gesprek id', interactionNames.externalId),
  field('agent', 'Agent', isName,
    'agent,agent name,agent id,advisor,operator,employee,representative,rep,csr,handled by,answered by,assignee,assignee name,assigned to,agent email,agent full name,agent username,user,mitarbeiter,bearbeiter,berater,conseiller,agente,asesor,operatore,operador,medewerker,konsultant,medarbejder', interactionNames.agent),
  field('date', 'Date', isDate,
    'date,call date,day,contact date,start date,created date,datum,tag,anrufdatum,fecha,data,jour,dato', interactionNames.date),
  field('time', 'Time', isTime,
    'time,call time,time day,start time,time of call,start,begin,began,uhrzeit,zeit,heure,hora,ora,tijd,godzina,tid,tidspunkt', interactionNames.time),
  field('startedAt', 'Date and time', isDate,
    'started at,start,timestamp,call timestamp,date time,datetime,start datetime,created at,call start,start time,opened at,ticket created timestamp,call start time,initiation timestamp,conversation start,date,beginn,startzeit,zeitstempel,debut,inicio,inizio,horodatage', interactionNames.startedAt),
  field('channel', 'Channel', isOneOf(channels), 'channel,media,media type,channel type,ticket channel,medium,contact channel,kanal,canal,canale,kanaal', interactionNames.channel),
  field('direction', 'Direction', isOneOf(directions), 'direction,call direction,call type,richtung,sens,direccion,direzione,richting', interactionNames.direction),
  field('queue', 'Queue', isText, 'queue,queue name,skill,skill name,ticket group,skill group,department,line,hotline,call center,call centre,site,warteschlange,file attente,cola,coda,wachtrij', interactionNames.queue),
  field('topic', 'Topic', isText, 'topic,reason,subject,category,call reason,issue,issue type,wrap up,disposition,thema,grund,anliegen,sujet,motif,tema,motivo,asunto,onderwerp', interactionNames.topic),
  field('customerRef', 'Customer', () => true, 'customer,customer name,customer id,caller,caller id,client,client name,account,phone number,kunde,anrufer,cliente,klant,requester', interactionNames.customerRef),
  field('answered', 'Answered', isOneOf(yesNo), 'answered,is answered,call answered,picked up,handled,angenommen,beantwortet,repondu,decroche,contestada,atendida,respondida,risposto,beantwoord', interactionNames.answered),
  field('outcome', 'Outcome', isOneOf(outcomes), 'outcome,status,call status,result,call result,disposition,ergebnis,resultat,resultado,esito,resultaat', interactionNames.outcome),
  field('resolved', 'Resolved', isOneOf(yesNo), 'resolved,is resolved,solved,issue resolved,gelost,resolu,resuelto,resuelta,resolvido,risolto,opgelost', interactionNames.resolved),
  field('firstContact', 'First contact resolution', isOneOf(yesNo), 'fcr,first contact resolution,first call resolution,first contact,resolved first contact,erstlosung', interactionNames.firstContact),
  field('waitSeconds', 'Wait', isDuration,
    'speed answer,wait,wait time,waiting time,asa,time answer,queue time,ring time,answer time,response time,first response time,hold queue,wartezeit,temps attente,tiempo espera,tempo attesa,tempo espera,wachttijd', interactionNames.waitSeconds),
  field('talkSeconds', 'Talk', isDuration,
    'talk,talk time,talk duration,call duration,duration,conversation time,handle time,call length,length,att,gesprachsdauer,gesprachszeit,dauer,duree,duree appel,duracion,durata,duracao,gespreksduur', interactionNames.talkSeconds),
  field('holdSeconds', 'Hold', isDuration, 'hold,hold time,hold duration,haltezeit,mise attente,tiempo retencion', interactionNames.holdSeconds),
  field('acwSeconds', 'After-call work', isDuration, 'acw,after call work,wrap up time,wrap time,after work,nachbearbeitung,nachbearbeitungszeit,post appel', interactionNames.acwSeconds),
  field('rating', 'Rating', isRating,
    'satisfaction rating,rating,csat,csat score,satisfaction,customer satisfaction,satisfaction score,survey score,stars,score,bewertung,zufriedenheit,note,satisfaccion,valoracion,soddisfazione,avaliacao,tevredenheid', interactionNames.rating),
  field('ratingOriginal', 'Rating as given', isRating, 'rating as given,original rating'),
  field('ratingScale', 'Rating scale', isScale, 'rating scale'),
  field('sentiment', 'Sentiment', isSentiment, 'sentiment,customer sentiment,sentiment score,stimmung,sentimiento', interactionNames.sentiment),
];

/** Fields whose bare numbers count time. */
export const durationFields = ['waitSeconds', 'talkSeconds', 'holdSeconds', 'acwSeconds'] as const;
export type DurationField = (typeof durationFields)[number];
