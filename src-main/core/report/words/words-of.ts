import type { ReportLanguage } from '../../../contract/models/report.ts';
import { germanWords } from './de.ts';
import { englishWords } from './en.ts';
import type { ReportWords } from './report-words.ts';

const languages: Record<ReportLanguage, ReportWords> = { en: englishWords, de: germanWords };

/** The words of a language. */
export const wordsOf = (language: ReportLanguage): ReportWords => languages[language];
