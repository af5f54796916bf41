/** Invented people of an invented company; some names carry letters beyond ASCII. */
export const givenNames = (
  'Ada Aino Alba Amir Anna Anton Aylin Bela Bruno Carla Chiara Clara Dario Dilan Edda Eleni Elias Elif Emil Emma Enzo ' +
  'Esra Eva Felix Fenna Finn Frida Gita Greta Hana Hugo Ida Ilse Imran Ines Ivo Jakob Jana Jens Jo Joana Jonas José ' +
  'Jule Kaan Karin Kit Klara Lars Lea Leila Lena Leo Levi Lina Liv Luca Lucía Luis Maja Malik Mara Marek Maria Mats ' +
  'Maya Mia Mika Milan Mina Nadia Nils Nina Noah Nora Ole Olga Omar Otto Pablo Paula Pia Rafael Rana René Rosa Runa ' +
  'Sam Samir Sara Selma Sina Sofia Søren Stella Theo Tilda Tim Tomas Toni Ugo Ulla Uma Vera Viktor Vito Wanda Yara ' +
  'Yusuf Zoé Zora'
).split(' ');

export const familyNames = (
  'Abel Adler Ahrens Albers Alt Amsel Arndt Aslan Bach Baum Beck Berg Bergström Blum Bock Böhm Brandt Brink Busch ' +
  'Carrasco Castell Çelik Conti Dahl Demir Diaz Dorn Duarte Ebel Eder Engel Ernst Esser Falk Farkas Feld Fiala Fink ' +
  'Frank Fuchs Garcia Glas Graf Grün Haas Hagen Hahn Hansen Hartl Heim Hoff Horn Huber Ibsen Ilić Jansen Jung Kaiser ' +
  'Keller Kern Kilic Klein Koch König Kovač Kraus Krüger Lang Larsen Lind Lorenz Lund Maier Marín Marx Mayr Meer ' +
  'Moser Moss Müller Nagel Nemec Neri Nolte Novak Oberg Okafor Olsen Ortega Oz Papp Peters Pohl Popov Quist Rau ' +
  'Reich Riva Roth Rossi Ruiz Sander Sato Schell Schön Seidl Silva Sommer Stark Stein Storm Strand Szabo Tamm Thal ' +
  'Toth Uhl Unger Vale Vidal Vogel Voss Wagner Weber Weiss Wild Winter Wolf Yilmaz Zander Ziegler'
).split(' ');

export const countries = ['DE', 'AT', 'CH', 'NL', 'DK', 'GB', 'US'] as const;

/** Cities and animals make project names. */
export const projectNames = (
  'Heron Otter Lynx Kestrel Marten Badger Osprey Stork Falcon Beaver Ibex Plover Curlew Wren Swift Magpie Raven Sable ' +
  'Pike Perch'
).split(' ');

/** A name as it appears in a UPN: ASCII, lower case. */
export const asAlias = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replace(/[^a-z0-9]/gu, '');
