/** What a page says by itself. The question and its labels are the sender's. */
interface PageTexts {
	name: string;
	approve: string;
	decline: string;
	submit: string;
	/** Over the buttons, where the sender has given no title. */
	heading: string;
	/** Beside the field for words of one's own. */
	words: string;
	answer: string;
	thanks: string;
	youAnswered: (answer: string) => string;
	answered: string;
	closed: string;
	tooLong: (most: number) => string;
	incomplete: string;
}

const TEXTS = {
	de: {
		name: 'German',
		approve: 'Genehmigen',
		decline: 'Ablehnen',
		submit: 'Senden',
		heading: 'Ihre Antwort',
		words: 'Anmerkung (freiwillig)',
		answer: 'Antwort',
		thanks: 'Danke, Ihre Antwort ist angekommen.',
		youAnswered: (answer) => `Geantwortet: ${answer}`,
		answered: 'Diese Frage ist schon beantwortet.',
		closed: 'Diese Frage kann nicht mehr beantwortet werden.',
		tooLong: (most) => `Das ist zu lang: Es sind höchstens ${most} Zeichen möglich.`,
		incomplete: 'Bitte antworten Sie.',
	},
	en: {
		name: 'English',
		approve: 'Approve',
		decline: 'Decline',
		submit: 'Submit',
		heading: 'Your answer',
		words: 'Comment (optional)',
		answer: 'Answer',
		thanks: 'Thank you, your answer has arrived.',
		youAnswered: (answer) => `Answered: ${answer}`,
		answered: 'This question has already been answered.',
		closed: 'This question can no longer be answered.',
		tooLong: (most) => `That is too long: at most ${most} characters are possible.`,
		incomplete: 'Please give an answer.',
	},
	es: {
		name: 'Spanish',
		approve: 'Aprobar',
		decline: 'Rechazar',
		submit: 'Enviar',
		heading: 'Su respuesta',
		words: 'Comentario (opcional)',
		answer: 'Respuesta',
		thanks: 'Gracias, hemos recibido su respuesta.',
		youAnswered: (answer) => `Respuesta: ${answer}`,
		answered: 'Esta pregunta ya fue respondida.',
		closed: 'Esta pregunta ya no se puede responder.',
		tooLong: (most) => `Es demasiado largo: el máximo es de ${most} caracteres.`,
		incomplete: 'Por favor, responda.',
	},
	fr: {
		name: 'French',
		approve: 'Approuver',
		decline: 'Refuser',
		submit: 'Envoyer',
		heading: 'Votre réponse',
		words: 'Commentaire (facultatif)',
		answer: 'Réponse',
		thanks: 'Merci, votre réponse est bien arrivée.',
		youAnswered: (answer) => `Réponse : ${answer}`,
		answered: 'Cette question a déjà reçu une réponse.',
		closed: 'Il n’est plus possible de répondre à cette question.',
		tooLong: (most) => `C’est trop long : ${most} caractères au maximum.`,
		incomplete: 'Merci de répondre.',
	},
	it: {
		name: 'Italian',
		approve: 'Approva',
		decline: 'Rifiuta',
		submit: 'Invia',
		heading: 'La sua risposta',
		words: 'Commento (facoltativo)',
		answer: 'Risposta',
		thanks: 'Grazie, la sua risposta è arrivata.',
		youAnswered: (answer) => `Risposta: ${answer}`,
		answered: 'A questa domanda è già stata data una risposta.',
		closed: 'Non è più possibile rispondere a questa domanda.',
		tooLong: (most) => `È troppo lungo: al massimo ${most} caratteri.`,
		incomplete: 'Per favore, risponda.',
	},
	nl: {
		name: 'Dutch',
		approve: 'Goedkeuren',
		decline: 'Afwijzen',
		submit: 'Versturen',
		heading: 'Uw antwoord',
		words: 'Opmerking (niet verplicht)',
		answer: 'Antwoord',
		thanks: 'Dank u, uw antwoord is aangekomen.',
		youAnswered: (answer) => `Geantwoord: ${answer}`,
		answered: 'Deze vraag is al beantwoord.',
		closed: 'Deze vraag kan niet meer worden beantwoord.',
		tooLong: (most) => `Dat is te lang: hooguit ${most} tekens.`,
		incomplete: 'Geef een antwoord.',
	},
	pt: {
		name: 'Portuguese',
		approve: 'Aprovar',
		decline: 'Recusar',
		submit: 'Enviar',
		heading: 'A sua resposta',
		words: 'Comentário (opcional)',
		answer: 'Resposta',
		thanks: 'Obrigado, a sua resposta chegou.',
		youAnswered: (answer) => `Resposta: ${answer}`,
		answered: 'Esta pergunta já foi respondida.',
		closed: 'Esta pergunta já não pode ser respondida.',
		tooLong: (most) => `É demasiado longo: no máximo ${most} caracteres.`,
		incomplete: 'Por favor, responda.',
	},
} satisfies Record<string, PageTexts>;

/** The languages that the page speaks, by their codes. */
export type Language = keyof typeof TEXTS;

export const LANGUAGES = Object.keys(TEXTS) as Language[];

export function textsIn(language: Language): PageTexts {
	return TEXTS[language];
}
