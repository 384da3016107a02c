/**
 * Who may use which route, written down a second time by hand: a route that is new, or suddenly open to more, is red here
 * until somebody has thought about it. A administrator, O operator, R responder, F family, V viewer, each within their scope;
 * `anybody` needs no log-in.
 */
export const verdicts = `
POST   /session                     anybody
DELETE /session                     A O R F V
GET    /areas                       A O R F V
GET    /areas/{id}                  A O R F V
POST   /areas                       A
PATCH  /areas/{id}                  A
DELETE /areas/{id}                  A
GET    /areas/{id}/duty             A O R
GET    /residents                   A O R F V
GET    /residents/{id}              A O R F V
POST   /residents                   A O
PATCH  /residents/{id}              A O
DELETE /residents/{id}              A O
GET    /residents/{id}/live         A O R F
GET    /residents/{id}/track        A O R F
GET    /residents/{id}/readings     A O R F
GET    /residents/{id}/escalation   A O F
PUT    /residents/{id}/away         A O F
GET    /residents/{id}/visits       A O R F
POST   /residents/{id}/visits       A O R
DELETE /residents/{id}/visits/{visitId} A O R
GET    /visits                      A O R
GET    /residents/{id}/data         A
DELETE /residents/{id}/data         A
GET    /devices                     A O R F V
GET    /devices/{id}                A O R F V
POST   /devices                     A O
PATCH  /devices/{id}                A O
DELETE /devices/{id}                A O
POST   /devices/{id}/token          A O
DELETE /devices/{id}/token          A O
PUT    /devices/{id}/test           A O
DELETE /devices/{id}/test           A O
GET    /zones                       A O R F V
GET    /zones/{id}                  A O R F V
POST   /zones                       A O F
PATCH  /zones/{id}                  A O F
DELETE /zones/{id}                  A O F
GET    /users                       A O R F V
GET    /users/{id}                  A O R F V
POST   /users                       A
PATCH  /users/{id}                  A
DELETE /users/{id}                  A
POST   /users/{id}/displays         A
GET    /users/{id}/displays         A
DELETE /displays/{id}               A
GET    /rosters                     A O R
GET    /rosters/{id}                A O R
GET    /rosters/{id}/duty           A O R
POST   /rosters                     A
PATCH  /rosters/{id}                A
DELETE /rosters/{id}                A
GET    /policies                    A O R F
GET    /policies/{id}               A O R F
POST   /policies                    A
PATCH  /policies/{id}               A
DELETE /policies/{id}               A
GET    /silences                    A O R F
GET    /silences/{id}               A O R F
POST   /silences                    A O
PATCH  /silences/{id}               A O
DELETE /silences/{id}               A O
GET    /alerts                      A O R F
GET    /alerts/{id}                 A O R F
POST   /alerts/{id}/actions         A O R F
GET    /alerts/{id}/card            A O R F
POST   /alerts/{id}/calls           A O R F
POST   /alerts/{id}/callback        A O
GET    /notifications               A O R F
GET    /stream                      A O R F
GET    /push-key                    A O R F V
GET    /kpi                         A O R F V
GET    /kpi/report                  A O R F V
POST   /import                      A
GET    /export                      A
POST   /backup                      A
GET    /audit                       A
GET    /quarantine                  A
GET    /me                          A O R F V
PATCH  /me                          A O R F
PUT    /me/push                     A O R F
DELETE /me/push                     A O R F
POST   /me/push/test                A O R F
GET    /areas/{id}/overview         A O R V
GET    /areas/{id}/positions        A O R V
GET    /devices/{id}/commands       A O R F
POST   /devices/{id}/commands       A O R F
GET    /devices/{id}/messages       A O
GET    /devices/{id}/quarantine     A O
GET    /device-connections          A O
POST   /residents/{id}/escalation   A
PUT    /residents/{id}/contacts/order A O F
GET    /residents/{id}/photo        A O R F
PUT    /residents/{id}/photo        A O
DELETE /residents/{id}/photo        A O
GET    /residents/{id}/notices      A O R F
POST   /residents/{id}/notices      A O
GET    /notices                     A O
GET    /notices/{id}                anybody
GET    /notices/{id}/photo          anybody
DELETE /notices/{id}                A O
GET    /residents/{id}/shares       A O F
POST   /residents/{id}/shares       A O F
GET    /shares/{token}              anybody
DELETE /shares/{id}                 A O F
GET    /retention                   A
PUT    /me/position                 R
DELETE /me/position                 R
GET    /alerts/{id}/photo           A O R F
PUT    /alerts/{id}/photo           A O R F
GET    /alerts/{id}/responders      A O R
POST   /alerts/{id}/promises        A O R
POST   /alerts/{id}/read            A O R F
POST   /residents/{id}/alerts       A O R F
GET    /areas/{id}/handover         A O R
GET    /openapi.json                anybody
GET    /asyncapi.json               anybody
GET    /page-settings               anybody
GET    /map/tiles/{z}/{x}/{y}       anybody
`;
