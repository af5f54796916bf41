/** What one kind of object looks like in the target: names are SCIM paths such as `name.givenName`. */
export interface ProfileObject {
  /** What the vendor's article maps. */
  attributes: string[];
  /** What the target can look up with a filter; only these can be matching attributes. */
  filterable: string[];
}

/**
 * What is known of one SCIM application before anything is read from it: how to find it in Entra, where it answers and
 * what the article maps. Another SCIM application is another file. docs/target-profile.md.
 */
export interface TargetProfile {
  /** As people call it, such as `UNIFI`. */
  name: string;
  application: {
    /** Parts of the display name, or of a tag, by which the enterprise application is found. */
    names: string[];
    /** Templates of the gallery: the `templateId` of a job, or the begin of its id before the first dot. */
    templates: string[];
  };
  /** Addresses just before `Users`, all of which are the vendor's own; the first is proposed for new connections. */
  baseUrls: string[];
  users: ProfileObject;
  groups: ProfileObject;
}
