import { writtenThingsKind } from '../comparing/written-things-kind.ts';
import type { ImportKind } from '../import-kind.ts';
import { priorities, priorityNames } from '../reading/coaching-words.ts';
import { actionNames } from '../names/coaching-names.ts';
import { field, isDate, isIdentifier, isName, isOneOf, isText } from '../reading/plausible.ts';
import { ActionRows } from './action-rows.ts';
import { statusNames, statuses } from './action-words.ts';

const fields = [
  field('externalId', 'Id', isIdentifier, 'action id,id,item id,task id,reference,uuid,aufgabe id', actionNames.externalId),
  field('agent', 'Agent', isName, 'agent,agent name,agent id,advisor,operator,employee,employee name,assignee,assigned to,owner,for,user,agent email,mitarbeiter,zustandig,conseiller,responsable,agente,asesor,operatore,medewerker', actionNames.agent),
  field('title', 'Action', isText, 'title,action,action item,task,what,summary,subject,commitment,aufgabe,massnahme,titel,action a mener,tache,titre,accion,tarea,azione,attivita,acao,tarefa,taak', actionNames.title),
  field('description', 'Description', isText, 'description,details,detail,comment,notes,how,beschreibung,descripcion,descrizione,descricao,omschrijving', actionNames.description),
  field('dueDate', 'Due', isDate, 'due date,due,deadline,due on,until,target date,fallig,fallig am,termin,echeance,date limite,vencimiento,fecha limite,scadenza,prazo,vervaldatum', actionNames.dueDate),
  field('priority', 'Priority', isOneOf(priorities), 'priority,prio,importance,severity,prioritat,priorite,prioridad,priorita,prioriteit', actionNames.priority),
  field('category', 'Category', isText, 'category,topic,area,theme,skill,kategorie,thema,categorie,categoria,tema', actionNames.category),
  field('status', 'Status', isOneOf(statuses), 'status,state,progress,stand,statut,etat,estado,stato', actionNames.status),
  field('completedOn', 'Completed on', isDate, 'completed on,completed,completed at,done on,closed on,finished on,completion date,erledigt am,termine le,completado el,completato il', actionNames.completedOn),
];

/** Imports of action items. */
export const actionsKind = (): ImportKind =>
  writtenThingsKind({
    name: 'actions',
    label: 'Action items',
    about: 'One row is one thing to be done by a day.',
    needed: [
      { fields: ['agent'], message: 'No column with the agent was found. Whose action items are these?' },
      { fields: ['title'], message: 'No column with what is to be done was found. Which one says it?' },
      { fields: ['dueDate'], message: 'No column with the day it is due was found. Until when?' },
    ],
    fields,
    meanings: { priority: priorityNames, status: statusNames },
    reader: (mapping, reading) => new ActionRows(mapping, reading),
    dated: 'dueDate',
    things: {
      table: 'action_items',
      fields: {
        title: { column: 'title', type: 'text', blank: `''` },
        description: { column: 'description', type: 'text' },
        dueDate: { column: 'due_date', type: 'date', blank: 'moment.now::date', stored: 'i.due_date::text' },
        priority: { column: 'priority', type: 'text', blank: `'MEDIUM'` },
        category: { column: 'category', type: 'text' },
        status: { column: 'status', type: 'text', blank: `case when d."completedAt" is not null then 'done' else 'open' end` },
        // A file tells it to the second.
        completedAt: { column: 'completed_at', type: 'timestamptz', stored: `to_char(i.completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS."000Z"')` },
      },
      more: { assigned_to: 'a.id', created_by: 'uploader.id' },
      // Whatever is done was done at some time, whatever is not was not.
      after: { completed_at: `case when status = 'done' then coalesce(completed_at, updated_at) end` },
      outside: 'This action item is that of somebody of a team you do not lead.',
    },
  });
