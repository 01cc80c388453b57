import { agentNames, dayNames, ratingNames } from './common-names.ts';
import type { ColumnNames } from './language.ts';

/** Columns of calls, chats and tickets. */
export const interactionNames = {
  externalId: {
    de: 'Anruf-ID,Anrufnummer,Gesprächs-ID,Vorgangsnummer,Vorgangs-ID,Kontakt-ID,Ticketnummer,Ticket-ID,Kennung,Vorgang',
    fr: 'Identifiant appel,Identifiant de l’appel,ID appel,Numéro d’appel,N° appel,Identifiant,Numéro de ticket,Référence,ID contact',
    es: 'ID de llamada,Identificador de llamada,Número de llamada,ID llamada,Identificador,Número de ticket,Referencia,ID contacto',
    it: 'ID chiamata,Identificativo chiamata,Numero chiamata,Codice chiamata,Identificativo,Numero ticket,Riferimento,ID contatto',
    pt: 'ID da chamada,ID da ligação,Identificador da chamada,Número da chamada,Protocolo,Número do protocolo,Identificador,Número do ticket,Referência',
    nl: 'Gesprek-ID,Gespreks-ID,Oproep-ID,Gespreksnummer,Ticketnummer,Kenmerk,Referentie,Contact-ID',
    pl: 'Identyfikator połączenia,ID połączenia,Numer połączenia,Identyfikator rozmowy,Identyfikator,Numer zgłoszenia,ID zgłoszenia,ID rozmowy',
  },
  agent: agentNames,
  date: dayNames,
  time: {
    de: 'Uhrzeit,Zeit,Startzeit,Anrufzeit,Beginn,Start',
    fr: 'Heure,Heure de début,Heure d’appel,Heure de l’appel,Début',
    es: 'Hora,Hora de inicio,Hora de la llamada,Hora de llamada,Inicio',
    it: 'Ora,Orario,Ora di inizio,Ora chiamata,Inizio',
    pt: 'Hora,Horário,Hora de início,Hora da chamada,Hora da ligação,Início',
    nl: 'Tijd,Tijdstip,Starttijd,Begintijd,Aanvang,Begin',
    pl: 'Godzina,Czas rozpoczęcia,Godzina rozpoczęcia,Godzina połączenia,Początek,Rozpoczęcie',
  },
  startedAt: {
    de: 'Datum und Uhrzeit,Datum/Uhrzeit,Zeitstempel,Beginn,Anrufbeginn,Startzeit,Eröffnet am,Start',
    fr: 'Date et heure,Horodatage,Début,Date de début,Début de l’appel,Ouvert le',
    es: 'Fecha y hora,Marca de tiempo,Inicio,Fecha de inicio,Inicio de la llamada,Abierto el',
    it: 'Data e ora,Data ora,Inizio,Data di inizio,Inizio chiamata,Aperto il',
    pt: 'Data e hora,Data/hora,Início,Data de início,Início da chamada,Aberto em',
    nl: 'Datum en tijd,Datum/tijd,Tijdstempel,Begin,Aanvang,Start gesprek,Geopend op',
    pl: 'Data i godzina,Data i czas,Znacznik czasu,Początek,Rozpoczęcie,Początek rozmowy,Data rozpoczęcia',
  },
  channel: { de: 'Kanal,Medium,Kontaktkanal', fr: 'Canal,Média,Canal de contact', es: 'Canal,Medio,Canal de contacto', it: 'Canale,Mezzo,Canale di contatto', pt: 'Canal,Meio,Canal de contato,Canal de contacto', nl: 'Kanaal,Medium,Contactkanaal', pl: 'Kanał,Medium,Kanał kontaktu' },
  direction: {
    de: 'Richtung,Anrufrichtung,Anrufart', fr: 'Sens,Direction,Sens de l’appel,Type d’appel', es: 'Dirección,Sentido,Tipo de llamada', it: 'Direzione,Tipo di chiamata,Tipo chiamata',
    pt: 'Direção,Sentido,Tipo de chamada,Tipo de ligação', nl: 'Richting,Gespreksrichting,Type gesprek', pl: 'Kierunek,Kierunek połączenia,Typ połączenia,Rodzaj połączenia',
  },
  queue: {
    de: 'Warteschlange,Hotline,Abteilung,Leitung,Gruppe', fr: 'File d’attente,File,Service,Groupe,Ligne', es: 'Cola,Cola de espera,Departamento,Línea,Grupo', it: 'Coda,Coda di attesa,Reparto,Linea,Gruppo',
    pt: 'Fila,Fila de espera,Departamento,Linha,Grupo', nl: 'Wachtrij,Afdeling,Lijn,Groep', pl: 'Kolejka,Kolejka połączeń,Dział,Linia,Grupa',
  },
  topic: {
    de: 'Thema,Anliegen,Grund,Anrufgrund,Betreff,Kategorie', fr: 'Motif,Sujet,Motif d’appel,Motif de l’appel,Objet,Catégorie', es: 'Motivo,Tema,Asunto,Motivo de la llamada,Motivo de llamada,Categoría', it: 'Motivo,Argomento,Oggetto,Tema,Motivo della chiamata,Motivo chiamata,Categoria',
    pt: 'Motivo,Assunto,Tema,Motivo da chamada,Motivo da ligação,Categoria', nl: 'Onderwerp,Reden,Reden van contact,Reden oproep,Categorie', pl: 'Temat,Powód,Powód kontaktu,Przyczyna,Kategoria,Sprawa',
  },
  customerRef: {
    de: 'Kunde,Kundin,Kundennummer,Anrufer,Rufnummer,Telefonnummer,Kundenname', fr: 'Client,Numéro client,Appelant,Numéro de téléphone,Nom du client', es: 'Cliente,Número de cliente,Llamante,Número de teléfono,Nombre del cliente', it: 'Cliente,Numero cliente,Codice cliente,Chiamante,Numero di telefono,Nome cliente',
    pt: 'Cliente,Número do cliente,Código do cliente,Chamador,Telefone,Nome do cliente', nl: 'Klant,Klantnummer,Beller,Telefoonnummer,Klantnaam', pl: 'Klient,Numer klienta,Dzwoniący,Numer telefonu,Nazwa klienta',
  },
  answered: {
    de: 'Angenommen,Beantwortet,Abgenommen,Anruf angenommen', fr: 'Répondu,Décroché,Appel répondu,Pris en charge,Traité', es: 'Contestada,Atendida,Contestado,Atendido,Respondida,Llamada atendida', it: 'Risposta,Risposto,Chiamata risposta,Gestita,Evasa',
    pt: 'Atendida,Atendido,Respondida,Chamada atendida,Ligação atendida', nl: 'Beantwoord,Opgenomen,Aangenomen,Gesprek beantwoord', pl: 'Odebrane,Odebrano,Odebrana,Odebrany,Czy odebrano,Połączenie odebrane',
  },
  outcome: {
    de: 'Ergebnis,Status,Anrufstatus,Gesprächsergebnis', fr: 'Résultat,Statut,État,Statut de l’appel,Statut appel', es: 'Resultado,Estado,Estado de la llamada', it: 'Esito,Stato,Risultato,Stato chiamata,Esito chiamata',
    pt: 'Resultado,Estado,Status,Situação,Status da chamada', nl: 'Resultaat,Status,Uitkomst,Gespreksstatus', pl: 'Wynik,Status,Rezultat,Status połączenia,Stan',
  },
  resolved: {
    de: 'Gelöst,Erledigt,Problem gelöst,Anliegen gelöst', fr: 'Résolu,Résolue,Problème résolu,Demande résolue', es: 'Resuelto,Resuelta,Problema resuelto,Solucionado', it: 'Risolto,Risolta,Problema risolto',
    pt: 'Resolvido,Resolvida,Problema resolvido,Solucionado', nl: 'Opgelost,Probleem opgelost,Afgehandeld', pl: 'Rozwiązane,Rozwiązano,Rozwiązany,Sprawa rozwiązana,Problem rozwiązany,Czy rozwiązano',
  },
  firstContact: {
    de: 'Erstlösung,Erstlösungsquote,Beim ersten Kontakt gelöst,Erstkontaktlösung', fr: 'Résolu au premier contact,Résolution au premier contact,Résolution premier appel,Premier contact', es: 'Resuelto en el primer contacto,Resolución en primer contacto,Primer contacto', it: 'Risolto al primo contatto,Risoluzione al primo contatto,Primo contatto',
    pt: 'Resolvido no primeiro contato,Resolução no primeiro contato,Resolvido no primeiro contacto,Primeiro contato', nl: 'Opgelost bij eerste contact,Eerste contact,In één keer opgelost', pl: 'Rozwiązane przy pierwszym kontakcie,Pierwszy kontakt,Rozwiązanie przy pierwszym kontakcie',
  },
  waitSeconds: {
    de: 'Wartezeit,Warten,Wartedauer,Zeit bis Annahme,Antwortzeit,Reaktionszeit', fr: 'Temps d’attente,Attente,Durée d’attente,Délai de réponse,Temps de réponse', es: 'Tiempo de espera,Espera,Tiempo en cola,Tiempo de respuesta', it: 'Tempo di attesa,Attesa,Tempo in coda,Tempo di risposta',
    pt: 'Tempo de espera,Espera,Tempo na fila,Tempo em fila,Tempo de resposta', nl: 'Wachttijd,Wachtduur,Tijd in wachtrij,Reactietijd,Antwoordtijd', pl: 'Czas oczekiwania,Oczekiwanie,Czas w kolejce,Czas odpowiedzi',
  },
  talkSeconds: {
    de: 'Gesprächsdauer,Gesprächszeit,Sprechzeit,Anrufdauer,Dauer,Bearbeitungszeit', fr: 'Durée de conversation,Durée de l’appel,Durée d’appel,Durée appel,Temps de conversation,Durée,Temps de parole', es: 'Tiempo de conversación,Duración de la llamada,Duración de llamada,Tiempo hablado,Duración,Tiempo de llamada', it: 'Tempo di conversazione,Durata chiamata,Durata della chiamata,Durata conversazione,Durata',
    pt: 'Tempo de conversa,Tempo de conversação,Duração da chamada,Duração da ligação,Tempo falado,Duração', nl: 'Gesprekstijd,Gespreksduur,Spreektijd,Duur,Belduur', pl: 'Czas rozmowy,Czas trwania rozmowy,Czas trwania,Czas połączenia,Długość rozmowy',
  },
  holdSeconds: {
    de: 'Haltezeit,Halten,Gehalten', fr: 'Mise en attente,Temps de mise en attente,Durée de mise en attente', es: 'Tiempo de retención,Retención,En espera', it: 'Messa in attesa,Tempo di messa in attesa,Tempo in hold',
    pt: 'Tempo em retenção,Retenção,Tempo em espera,Tempo de retenção', nl: 'In de wacht,Tijd in de wacht,Wacht', pl: 'Czas zawieszenia,Zawieszenie,Czas wstrzymania,Wstrzymanie',
  },
  acwSeconds: {
    de: 'Nachbearbeitung,Nachbearbeitungszeit,Nacharbeit', fr: 'Post-appel,Temps post-appel,Travail après appel,Traitement post-appel', es: 'Trabajo posterior,Tiempo posterior a la llamada,Postllamada,Tiempo administrativo', it: 'Lavoro post chiamata,Post chiamata,Tempo post chiamata',
    pt: 'Pós-atendimento,Tempo de pós-atendimento,Trabalho pós-chamada,Pós-chamada', nl: 'Nawerk,Nawerktijd,Nabewerking,Afhandeling na gesprek', pl: 'Praca po rozmowie,Czas pracy po rozmowie,Obsługa po rozmowie,Czas po rozmowie',
  },
  rating: ratingNames,
  sentiment: { de: 'Stimmung,Kundenstimmung', fr: 'Sentiment,Humeur,Sentiment client', es: 'Sentimiento,Sentimiento del cliente', it: 'Sentiment,Sentimento,Umore', pt: 'Sentimento,Sentimento do cliente', nl: 'Sentiment,Stemming', pl: 'Nastrój,Sentyment,Nastrój klienta' },
} as const satisfies Readonly<Record<string, ColumnNames>>;
