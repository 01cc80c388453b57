import { yesNo } from '../../values/vocabulary.ts';
import { writtenThingsKind } from '../comparing/written-things-kind.ts';
import type { ImportKind } from '../import-kind.ts';
import { priorities, priorityNames } from '../reading/coaching-words.ts';
import { noteNames } from '../names/coaching-names.ts';
import { field, isDate, isIdentifier, isName, isOneOf, isText } from '../reading/plausible.ts';
import { NoteRows } from './note-rows.ts';
import { noteTypeNames, noteTypes } from './note-words.ts';

const fields = [
  field('externalId', 'Id', isIdentifier, 'note id,id,reference,feedback id,evaluation id,uuid,notiz id', noteNames.externalId),
  field('agent', 'Agent', isName, 'agent,agent name,agent id,advisor,operator,employee,employee name,representative,rep,about,user,agent email,mitarbeiter,berater,conseiller,agente,asesor,operatore,medewerker,konsultant', noteNames.agent),
  field('content', 'Note', isText, 'note,content,text,comment,comments,notes,feedback,description,remark,observation,notiz,kommentar,bemerkung,commentaire,remarque,nota,comentario,observacion,commento,opmerking', noteNames.content),
  field('createdAt', 'Written on', isDate, 'created at,date,created,note date,written on,timestamp,day,datum,erstellt,erstellt am,date creation,fecha,data,dato', noteNames.createdAt),
  field('noteType', 'Type', isOneOf(noteTypes), 'note type,type,kind,sentiment,feedback type,art,typ,tipo', noteNames.noteType),
  field('priority', 'Priority', isOneOf(priorities), 'priority,prio,importance,severity,prioritat,priorite,prioridad,priorita,prioriteit', noteNames.priority),
  field('category', 'Category', isText, 'category,topic,area,theme,skill,subject,kategorie,thema,categorie,categoria,tema', noteNames.category),
  field('author', 'Author', isName, 'author,written by,created by,coach,leader,team leader,supervisor,evaluator,from,verfasser,autor,erstellt von,auteur,autore', noteNames.author),
  field('isPrivate', 'Private', isOneOf(yesNo), 'private,is private,confidential,privat,vertraulich,prive,privado,privato', noteNames.isPrivate),
];

/** Imports of notes about people. */
export const notesKind = (): ImportKind =>
  writtenThingsKind({
    name: 'notes',
    label: 'Notes',
    about: 'One row is one note about a person.',
    isAuthored: true,
    needed: [
      { fields: ['agent'], message: 'No column with the agent was found. Whom are the notes about?' },
      { fields: ['content'], message: 'No column with the text was found. Which one holds the note?' },
    ],
    fields,
    meanings: { noteType: noteTypeNames, priority: priorityNames, isPrivate: [true, false] },
    reader: (mapping, reading) => new NoteRows(mapping, reading),
    dated: 'createdAt',
    things: {
      table: 'quick_notes',
      fields: {
        content: { column: 'content', type: 'text', blank: `''` },
        noteType: { column: 'note_type', type: 'text', blank: `'COACHING'` },
        priority: { column: 'priority', type: 'text', blank: `case when d."noteType" = 'URGENT' then 'HIGH' else 'MEDIUM' end` },
        category: { column: 'category', type: 'text' },
        isPrivate: { column: 'is_private', type: 'boolean', blank: 'false' },
        // A file tells it to the second.
        createdAt: { column: 'created_at', type: 'timestamptz', blank: 'moment.now', stored: `to_char(i.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS."000Z"')` },
      },
      more: { author_id: 'coalesce(d."authorId", uploader.id)' },
      outside: 'This note is about somebody of a team you do not lead.',
      seen: 'not i.is_private or i.author_id = uploader.id',
      unseen: 'There is such a note already, and it is private to somebody else.',
      // As where notes are written; and what somebody brought in by a file they correct by a file.
      changeable: `uploader.role = 'admin' or i.author_id = uploader.id or exists (select from imports m where m.id = i.import_id and m.uploaded_by = uploader.id)`,
      deleted: 'i.deleted_at is not null',
      gone: 'There was such a note, and it was deleted. Under another id it is a new one.',
      unchangeable: 'There is such a note already, and it says something else. Only its author changes it.',
    },
  });
