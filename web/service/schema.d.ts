// Made from the published description (OpenAPI) by `npm run api-types`; a test fails when it is old.

export interface paths {
    "/api/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Alerts of the scope, newest first
         * @description For: admin, operator, responder, family.
         */
        get: operations["getAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An alert with its time line
         * @description For: admin, operator, responder, family.
         */
        get: operations["getAlertsId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claims, answers or closes an alert
         * @description For: admin, operator, responder, family.
         */
        post: operations["postAlertsIdActions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Writes down how it went, asked afterwards
         * @description For: admin, operator.
         */
        post: operations["postAlertsIdCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Writes down that somebody called an emergency number
         * @description For: admin, operator, responder, family.
         */
        post: operations["postAlertsIdCalls"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/card": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What to read out to 110, 119 or 120; a person dials
         * @description For: admin, operator, responder, family.
         */
        get: operations["getAlertsIdCard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The photo of an alert
         * @description For: admin, operator, responder, family.
         */
        get: operations["getAlertsIdPhoto"];
        /**
         * A photo with the alert (JPEG, PNG or WebP, 1 MB at most), in place of the one before
         * @description For: admin, operator, responder, family.
         */
        put: operations["putAlertsIdPhoto"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/promises": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Writes down that somebody was promised a call-back; the next shift is told until they were reached
         * @description For: admin, operator, responder.
         */
        post: operations["postAlertsIdPromises"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The caller has opened the alert: what their pages and apps were sent of it is read
         * @description For: admin, operator, responder, family.
         */
        post: operations["postAlertsIdRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/alerts/{id}/responders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Responders on duty around an alert, nearest first
         * @description For: admin, operator, responder.
         */
        get: operations["getAlertsIdResponders"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The areas of the scope
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getAreas"];
        put?: never;
        /**
         * Adds one to the areas, or replaces it (200)
         * @description With the header `If-None-Match: *` nothing is replaced: an id that is taken is refused (409). For: admin.
         */
        post: operations["postAreas"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of the areas
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getAreasId"];
        put?: never;
        post?: never;
        /**
         * Removes one of the areas
         * @description For: admin.
         */
        delete: operations["deleteAreasId"];
        options?: never;
        head?: never;
        /**
         * Changes fields of one of the areas; null removes
         * @description For: admin.
         */
        patch: operations["patchAreasId"];
        trace?: never;
    };
    "/api/v1/areas/{id}/duty": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is on duty in this area now, and its next gaps
         * @description For: admin, operator, responder.
         */
        get: operations["getAreasIdDuty"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{id}/handover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the shift that ends at a moment (now: has lasted so far) tells the next
         * @description For: admin, operator, responder.
         */
        get: operations["getAreasIdHandover"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{id}/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An area and those right below it in numbers, at most 2 s old (answers of today: 15 s)
         * @description For: admin, operator, responder, viewer.
         */
        get: operations["getAreasIdOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/areas/{id}/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everybody of an area on a map, in compact rows, at most 2 s old
         * @description A row is [id, name, areaId, lat, lon, accuracyM, t, severity]; `t` in epoch seconds, null where the home stands for a position; `severity` of the gravest open alert or null. `masked=true`: ids made up, names masked, places to 100 m. Viewers get the middle and the name of the smallest area around the home in which at least five live, and no row where there is none. Answers 304 to `If-None-Match`. For: admin, operator, responder, viewer.
         */
        get: operations["getAreasIdPositions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The MQTT interface
         * @description No log-in.
         */
        get: operations["getAsyncapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who looked at or changed what, latest first
         * @description With `who` or `what` a page may hold fewer than `limit` and still have a `nextCursor`: go on with it. For: admin.
         */
        get: operations["getAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/backup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copies everything, while the service runs
         * @description Lines of JSON: how many rows so far; the last has `done`, or `error` in words. Only from the machine itself. For: admin.
         */
        post: operations["postBackup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/device-connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether devices have a token, and when each was heard of last
         * @description For: admin, operator.
         */
        get: operations["getDeviceConnections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The devices of the scope
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getDevices"];
        put?: never;
        /**
         * Adds one to the devices, or replaces it (200)
         * @description With the header `If-None-Match: *` nothing is replaced: an id that is taken is refused (409). For: admin, operator.
         */
        post: operations["postDevices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of the devices
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getDevicesId"];
        put?: never;
        post?: never;
        /**
         * Removes one of the devices
         * @description For: admin, operator.
         */
        delete: operations["deleteDevicesId"];
        options?: never;
        head?: never;
        /**
         * Changes fields of one of the devices; null removes
         * @description For: admin, operator.
         */
        patch: operations["patchDevicesId"];
        trace?: never;
    };
    "/api/v1/devices/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What people had a device do lately, and what became of it; latest first
         * @description For: admin, operator, responder, family.
         */
        get: operations["getDevicesIdCommands"];
        put?: never;
        /**
         * Has a device ring, find itself, call back or sound its siren
         * @description Repeated every 10 s for 5 min until the device answers; what became of it is in the list. `siren` is for the centre; family and responders have it call numbers of the contacts only. For: admin, operator, responder, family.
         */
        post: operations["postDevicesIdCommands"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What a device said last, within a week; latest first
         * @description For: admin, operator.
         */
        get: operations["getDevicesIdMessages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages of a device that could not be understood
         * @description For: admin, operator.
         */
        get: operations["getDevicesIdQuarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * For half an hour at most, alerts of this device are exercises
         * @description For: admin, operator.
         */
        put: operations["putDevicesIdTest"];
        post?: never;
        /**
         * The test is over
         * @description For: admin, operator.
         */
        delete: operations["deleteDevicesIdTest"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/devices/{id}/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new token, shown once; the old one stops working
         * @description `qr` is what a QR code for the installer holds: `anju:1:{deviceId}:{token}`. For: admin, operator.
         */
        post: operations["postDevicesIdToken"];
        /**
         * No token works any more
         * @description For: admin, operator.
         */
        delete: operations["deleteDevicesIdToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/displays/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes the link of a screen back
         * @description For: admin.
         */
        delete: operations["deleteDisplaysId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole community, without secrets
         * @description For: admin.
         */
        get: operations["getExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Imports a community: all of it or nothing
         * @description A document as in the schema of GET /export. Answers how many of each kind; with `preview=true` nothing is changed and the answer is what would be created, changed and left as it is, and every problem with its path. For: admin.
         */
        post: operations["postImport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/kpi": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Figures on how alerts were handled
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getKpi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/kpi/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The figures as a page to print
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getKpiReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/map/tiles/{z}/{x}/{y}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A tile of the map; 204 where there is none
         * @description No log-in.
         */
        get: operations["getMapTilesZXY"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who I am and how I am reached
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes how I am reached; null removes
         * @description Of families: their entry among the contacts of each of their residents, made when there is none. `name` and `phone` are for families; with a number they are called and sent text messages there. For: admin, operator, responder, family.
         */
        patch: operations["patchMe"];
        trace?: never;
    };
    "/api/v1/me/position": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Where the caller is now: forgotten after 15 minutes, stored nowhere
         * @description For: responder.
         */
        put: operations["putMePosition"];
        post?: never;
        /**
         * Forgets where the caller is
         * @description For: responder.
         */
        delete: operations["deleteMePosition"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * This browser gets push messages
         * @description Five browsers of one person; the oldest makes room. The key is at GET /push-key. For: admin, operator, responder, family.
         */
        put: operations["putMePush"];
        post?: never;
        /**
         * This browser gets no push messages any more: before logging out on a shared one
         * @description For: admin, operator, responder, family.
         */
        delete: operations["deleteMePush"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/push/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends one of my browsers a message that only says that messages arrive
         * @description For: admin, operator, responder, family.
         */
        post: operations["postMePushTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The notices that are up about the people of the scope, latest first
         * @description For: admin, operator.
         */
        get: operations["getNotices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A notice, for the public
         * @description No log-in.
         */
        get: operations["getNoticesId"];
        put?: never;
        post?: never;
        /**
         * Takes a notice down
         * @description For: admin, operator.
         */
        delete: operations["deleteNoticesId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notices/{id}/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The photo of a notice
         * @description No log-in.
         */
        get: operations["getNoticesIdPhoto"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages and what became of them, latest first
         * @description For: admin, operator, responder, family.
         */
        get: operations["getNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This description
         * @description No log-in.
         */
        get: operations["getOpenapiJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/page-settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the pages have to know
         * @description No log-in.
         */
        get: operations["getPageSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The policies of the scope
         * @description For: admin, operator, responder, family.
         */
        get: operations["getPolicies"];
        put?: never;
        /**
         * Adds one to the policies, or replaces it (200)
         * @description With the header `If-None-Match: *` nothing is replaced: an id that is taken is refused (409). For: admin.
         */
        post: operations["postPolicies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/policies/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of the policies
         * @description For: admin, operator, responder, family.
         */
        get: operations["getPoliciesId"];
        put?: never;
        post?: never;
        /**
         * Removes one of the policies
         * @description For: admin.
         */
        delete: operations["deletePoliciesId"];
        options?: never;
        head?: never;
        /**
         * Changes fields of one of the policies; null removes
         * @description For: admin.
         */
        patch: operations["patchPoliciesId"];
        trace?: never;
    };
    "/api/v1/push-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The key with which a browser subscribes to push messages
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getPushKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages that could not be understood
         * @description For: admin.
         */
        get: operations["getQuarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The residents of the scope
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getResidents"];
        put?: never;
        /**
         * Adds one to the residents, or replaces it (200)
         * @description With the header `If-None-Match: *` nothing is replaced: an id that is taken is refused (409). For: admin, operator.
         */
        post: operations["postResidents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of the residents
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getResidentsId"];
        put?: never;
        post?: never;
        /**
         * Removes one of the residents
         * @description For: admin, operator.
         */
        delete: operations["deleteResidentsId"];
        options?: never;
        head?: never;
        /**
         * Changes fields of one of the residents; null removes
         * @description For: admin, operator.
         */
        patch: operations["patchResidentsId"];
        trace?: never;
    };
    "/api/v1/residents/{id}/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Raises an alert by hand: she cannot be found, needs help, has fallen
         * @description P1, and told like any other. The same `ref` again, or the same type while one that a person raised is open, makes no second alert: 200 with the first one, and what is new stands in its time line. Joins what is open of the same kind (`missing` a left zone). Families raise `missing` and `sos`. For: admin, operator, responder, family.
         */
        post: operations["postResidentsIdAlerts"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}/away": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * She is away until then, and not missed at home meanwhile; null: she is back
         * @description For: admin, operator, family.
         */
        put: operations["putResidentsIdAway"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}/contacts/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The contacts in the order in which they are told
         * @description Ids of all contacts; a list within the list is told at the same time. For: admin, operator, family.
         */
        put: operations["putResidentsIdContactsOrder"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything kept about a resident
         * @description Everything that is kept about one resident, one JSON object a line; the last has `kind: "end"` and counts the others. For: admin.
         */
        get: operations["getResidentsIdData"];
        put?: never;
        post?: never;
        /**
         * Erases a resident
         * @description Erases everything about one resident. `confirm` repeats the id. Refused (409) while an alert of theirs is open. For: admin.
         */
        delete: operations["deleteResidentsIdData"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}/escalation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who would be told when, if something happened and nobody answered
         * @description For: admin, operator, family.
         */
        get: operations["getResidentsIdEscalation"];
        put?: never;
        /**
         * The same with a policy that is not stored
         * @description For: admin.
         */
        post: operations["postResidentsIdEscalation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is known of a resident now
         * @description For: admin, operator, responder, family.
         */
        get: operations["getResidentsIdLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The notices about her, up and down
         * @description For: admin, operator, responder, family.
         */
        get: operations["getResidentsIdNotices"];
        put?: never;
        /**
         * Asks the public to look for her
         * @description Needs who of the family agreed and the case number of the police. Down after 72 h, when taken down, and when the alert is over that said she is gone (open at the time of publishing). For: admin, operator.
         */
        post: operations["postResidentsIdNotices"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}/photo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The photo of a resident; 204 when there is none
         * @description Never masked, so not for walls and not for the public. Each look is in the audit log. For: admin, operator, responder, family.
         */
        get: operations["getResidentsIdPhoto"];
        /**
         * A photo of the resident (JPEG, PNG or WebP, 1 MB at most), in place of the one before
         * @description For: admin, operator.
         */
        put: operations["putResidentsIdPhoto"];
        post?: never;
        /**
         * Removes the photo of a resident
         * @description For: admin, operator.
         */
        delete: operations["deleteResidentsIdPhoto"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}/readings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Readings of one metric, raw or in buckets
         * @description JSON comes page by page; `format=csv` and `ndjson` are the whole range, streamed. For: admin, operator, responder, family.
         */
        get: operations["getResidentsIdReadings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}/shares": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The links that show or showed where she is
         * @description For: admin, operator, family.
         */
        get: operations["getResidentsIdShares"];
        put?: never;
        /**
         * Shares where she is for some hours; the address is shown once
         * @description For: admin, operator, family.
         */
        post: operations["postResidentsIdShares"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where a resident was
         * @description The whole range, streamed; with `limit` page by page (JSON only). GPX is WGS-84 by definition; other formats name the datum when it was asked for. For: admin, operator, responder, family.
         */
        get: operations["getResidentsIdTrack"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who went to see her, or called, latest first
         * @description For: admin, operator, responder, family.
         */
        get: operations["getResidentsIdVisits"];
        put?: never;
        /**
         * Somebody went to see her, or called
         * @description Recorded once, however often it is sent: by its `id`, or by kind, outcome and time (200: it was there already). `notReached` is kept, and is no contact. `needsHelp` raises no alert by itself. For: admin, operator, responder.
         */
        post: operations["postResidentsIdVisits"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/residents/{id}/visits/{visitId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * It was a slip: within ten minutes, by whoever recorded it
         * @description For: admin, operator, responder.
         */
        delete: operations["deleteResidentsIdVisitsVisitId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How long what is kept
         * @description For: admin.
         */
        get: operations["getRetention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rosters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The rosters of the scope
         * @description For: admin, operator, responder.
         */
        get: operations["getRosters"];
        put?: never;
        /**
         * Adds one to the rosters, or replaces it (200)
         * @description With the header `If-None-Match: *` nothing is replaced: an id that is taken is refused (409). For: admin.
         */
        post: operations["postRosters"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/rosters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of the rosters
         * @description For: admin, operator, responder.
         */
        get: operations["getRostersId"];
        put?: never;
        post?: never;
        /**
         * Removes one of the rosters
         * @description For: admin.
         */
        delete: operations["deleteRostersId"];
        options?: never;
        head?: never;
        /**
         * Changes fields of one of the rosters; null removes
         * @description For: admin.
         */
        patch: operations["patchRostersId"];
        trace?: never;
    };
    "/api/v1/rosters/{id}/duty": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who has duty when by this roster, and when nobody has
         * @description For: admin, operator, responder.
         */
        get: operations["getRostersIdDuty"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logs in
         * @description No log-in.
         */
        post: operations["postSession"];
        /**
         * Logs out
         * @description For: admin, operator, responder, family, viewer.
         */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shares/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Takes a link back
         * @description For: admin, operator, family.
         */
        delete: operations["deleteSharesId"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/shares/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where somebody is, for whoever has the link
         * @description No log-in.
         */
        get: operations["getSharesToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/silences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The silences of the scope
         * @description For: admin, operator, responder, family.
         */
        get: operations["getSilences"];
        put?: never;
        /**
         * Adds one to the silences, or replaces it (200)
         * @description With the header `If-None-Match: *` nothing is replaced: an id that is taken is refused (409). For: admin, operator.
         */
        post: operations["postSilences"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/silences/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of the silences
         * @description For: admin, operator, responder, family.
         */
        get: operations["getSilencesId"];
        put?: never;
        post?: never;
        /**
         * Removes one of the silences
         * @description For: admin, operator.
         */
        delete: operations["deleteSilencesId"];
        options?: never;
        head?: never;
        /**
         * Changes fields of one of the silences; null removes
         * @description For: admin, operator.
         */
        patch: operations["patchSilencesId"];
        trace?: never;
    };
    "/api/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Alerts and positions as they happen (server-sent events)
         * @description Events `alert`, `position` and `device`; `reset` when too much was missed to be told again. For: admin, operator, responder, family.
         */
        get: operations["getStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The users of the scope
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getUsers"];
        put?: never;
        /**
         * Adds one to the users, or replaces it (200)
         * @description With the header `If-None-Match: *` nothing is replaced: an id that is taken is refused (409). For: admin.
         */
        post: operations["postUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of the users
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getUsersId"];
        put?: never;
        post?: never;
        /**
         * Removes one of the users
         * @description For: admin.
         */
        delete: operations["deleteUsersId"];
        options?: never;
        head?: never;
        /**
         * Changes fields of one of the users; null removes
         * @description For: admin.
         */
        patch: operations["patchUsersId"];
        trace?: never;
    };
    "/api/v1/users/{id}/displays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The screens that show the wall of an account
         * @description For: admin.
         */
        get: operations["getUsersIdDisplays"];
        put?: never;
        /**
         * A link by which a screen shows the wall of a viewer account; the address is shown once
         * @description It reads areas, numbers and the map of the wall, and nothing else. It ends after 400 days, when it is taken back, and with the account, its password or its role. For: admin.
         */
        post: operations["postUsersIdDisplays"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom to visit in the scope, most overdue first
         * @description `due=today`: who is due today or overdue; `due=overdue`: only those. Without, everybody planned. For: admin, operator, responder.
         */
        get: operations["getVisits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The zones of the scope
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getZones"];
        put?: never;
        /**
         * Adds one to the zones, or replaces it (200)
         * @description With the header `If-None-Match: *` nothing is replaced: an id that is taken is refused (409). For: admin, operator, family.
         */
        post: operations["postZones"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/zones/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of the zones
         * @description For: admin, operator, responder, family, viewer.
         */
        get: operations["getZonesId"];
        put?: never;
        post?: never;
        /**
         * Removes one of the zones
         * @description For: admin, operator, family.
         */
        delete: operations["deleteZonesId"];
        options?: never;
        head?: never;
        /**
         * Changes fields of one of the zones; null removes
         * @description For: admin, operator, family.
         */
        patch: operations["patchZonesId"];
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Is it alive?
         * @description No log-in.
         */
        get: operations["getHealthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Can it take work, and if not, why?
         * @description No log-in.
         */
        get: operations["getHealthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that is counted
         * @description Text format of Prometheus. Log-in, or from the machine itself.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: never;
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAlerts: {
        parameters: {
            query?: {
                area?: string;
                cursor?: string;
                from?: string;
                limit?: number;
                resident?: string;
                severity?: string;
                state?: string;
                to?: string;
                type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            acknowledgedAt?: string;
                            /** @description In a message that names several alerts: the others, gravest first */
                            also?: {
                                id: string;
                                /** Format: date-time */
                                openedAt: string;
                                residentId: string;
                                /** @enum {string} */
                                severity: "P1" | "P2" | "P3" | "P4" | "P5";
                                summary: {
                                    en: string;
                                    zh: string;
                                };
                                suspected: boolean;
                                /** @enum {string} */
                                type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                            }[];
                            /** @description How many others: `also` may be cut */
                            alsoTotal?: number;
                            areaId: string;
                            assignee?: string;
                            /** @description What people call the assignee; for pages and apps, not in messages */
                            assigneeName?: string;
                            count: number;
                            deviceIds: string[];
                            evidence: {
                                [key: string]: unknown;
                            };
                            /** @description A drill or a test */
                            exercise?: boolean;
                            id: string;
                            late: boolean;
                            /** Format: date-time */
                            openedAt: string;
                            outcome?: string;
                            /** @description There is one: `GET /alerts/{id}/photo` */
                            photo?: boolean;
                            position?: {
                                accuracyM?: number;
                                lat: number;
                                lon: number;
                            };
                            rating?: number;
                            /** @description Whom it is about: a resident; `~{deviceId}`, a device of nobody; `@{areaId}` or `@{areaId}/{what}`, an area */
                            residentId: string;
                            /** Format: date-time */
                            resolvedAt?: string;
                            revision: number;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            /** @description Id of the silence that covers it: nobody is told while it lasts */
                            silenced?: string;
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                            summary: {
                                en: string;
                                zh: string;
                            };
                            suspected: boolean;
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                            types: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    getAlertsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        acknowledgedAt?: string;
                        /** @description In a message that names several alerts: the others, gravest first */
                        also?: {
                            id: string;
                            /** Format: date-time */
                            openedAt: string;
                            residentId: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            summary: {
                                en: string;
                                zh: string;
                            };
                            suspected: boolean;
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        }[];
                        /** @description How many others: `also` may be cut */
                        alsoTotal?: number;
                        areaId: string;
                        assignee?: string;
                        /** @description What people call the assignee; for pages and apps, not in messages */
                        assigneeName?: string;
                        count: number;
                        deviceIds: string[];
                        dispatch: {
                            assignee?: {
                                arrivalMin?: number;
                                distanceM?: number;
                                name?: string;
                                positionAgeS?: number;
                                userId: string;
                            };
                            /** Format: date-time */
                            leaseEndsAt?: string;
                            offer?: {
                                to: {
                                    arrivalMin?: number;
                                    distanceM?: number;
                                    name?: string;
                                    positionAgeS?: number;
                                    userId: string;
                                }[];
                                /** Format: date-time */
                                until: string;
                            };
                        };
                        evidence: {
                            [key: string]: unknown;
                        };
                        /** @description A drill or a test */
                        exercise?: boolean;
                        id: string;
                        late: boolean;
                        notifications: {
                            alertId: string;
                            attempts: number;
                            /** @enum {string} */
                            channel: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            failure?: string;
                            id: string;
                            /** Format: date-time */
                            nextAttemptAt?: string;
                            /** Format: date-time */
                            queuedAt: string;
                            /** Format: date-time */
                            readAt?: string;
                            reason: string;
                            recipientId: string;
                            recipientName?: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            /** @enum {string} */
                            state: "queued" | "sent" | "delivered" | "read" | "acknowledged" | "failed" | "withheld";
                        }[];
                        /** Format: date-time */
                        openedAt: string;
                        outcome?: string;
                        /** @description There is one: `GET /alerts/{id}/photo` */
                        photo?: boolean;
                        position?: {
                            accuracyM?: number;
                            lat: number;
                            lon: number;
                        };
                        rating?: number;
                        /** @description Whom it is about: a resident; `~{deviceId}`, a device of nobody; `@{areaId}` or `@{areaId}/{what}`, an area */
                        residentId: string;
                        /** Format: date-time */
                        resolvedAt?: string;
                        revision: number;
                        /** @enum {string} */
                        severity: "P1" | "P2" | "P3" | "P4" | "P5";
                        /** @description Id of the silence that covers it: nobody is told while it lasts */
                        silenced?: string;
                        /** @enum {string} */
                        state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                        summary: {
                            en: string;
                            zh: string;
                        };
                        suspected: boolean;
                        timeline: {
                            /** Format: date-time */
                            at: string;
                            detail?: {
                                [key: string]: unknown;
                            };
                            what: string;
                            who: string;
                            whoName?: string;
                        }[];
                        /** @enum {string} */
                        type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        types: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    postAlertsIdActions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    action: "claim" | "acknowledge" | "enRoute" | "arrive" | "resolve" | "pass" | "assign" | "reopen";
                    assignee?: string;
                    note?: string;
                    outcome?: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        acknowledgedAt?: string;
                        /** @description In a message that names several alerts: the others, gravest first */
                        also?: {
                            id: string;
                            /** Format: date-time */
                            openedAt: string;
                            residentId: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            summary: {
                                en: string;
                                zh: string;
                            };
                            suspected: boolean;
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        }[];
                        /** @description How many others: `also` may be cut */
                        alsoTotal?: number;
                        areaId: string;
                        assignee?: string;
                        /** @description What people call the assignee; for pages and apps, not in messages */
                        assigneeName?: string;
                        count: number;
                        deviceIds: string[];
                        evidence: {
                            [key: string]: unknown;
                        };
                        /** @description A drill or a test */
                        exercise?: boolean;
                        id: string;
                        late: boolean;
                        /** Format: date-time */
                        openedAt: string;
                        outcome?: string;
                        /** @description There is one: `GET /alerts/{id}/photo` */
                        photo?: boolean;
                        position?: {
                            accuracyM?: number;
                            lat: number;
                            lon: number;
                        };
                        rating?: number;
                        /** @description Whom it is about: a resident; `~{deviceId}`, a device of nobody; `@{areaId}` or `@{areaId}/{what}`, an area */
                        residentId: string;
                        /** Format: date-time */
                        resolvedAt?: string;
                        revision: number;
                        /** @enum {string} */
                        severity: "P1" | "P2" | "P3" | "P4" | "P5";
                        /** @description Id of the silence that covers it: nobody is told while it lasts */
                        silenced?: string;
                        /** @enum {string} */
                        state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                        summary: {
                            en: string;
                            zh: string;
                        };
                        suspected: boolean;
                        /** @enum {string} */
                        type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        types: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    postAlertsIdCallback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note?: string;
                    rating?: number;
                    reached: boolean;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        acknowledgedAt?: string;
                        /** @description In a message that names several alerts: the others, gravest first */
                        also?: {
                            id: string;
                            /** Format: date-time */
                            openedAt: string;
                            residentId: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            summary: {
                                en: string;
                                zh: string;
                            };
                            suspected: boolean;
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        }[];
                        /** @description How many others: `also` may be cut */
                        alsoTotal?: number;
                        areaId: string;
                        assignee?: string;
                        /** @description What people call the assignee; for pages and apps, not in messages */
                        assigneeName?: string;
                        count: number;
                        deviceIds: string[];
                        evidence: {
                            [key: string]: unknown;
                        };
                        /** @description A drill or a test */
                        exercise?: boolean;
                        id: string;
                        late: boolean;
                        /** Format: date-time */
                        openedAt: string;
                        outcome?: string;
                        /** @description There is one: `GET /alerts/{id}/photo` */
                        photo?: boolean;
                        position?: {
                            accuracyM?: number;
                            lat: number;
                            lon: number;
                        };
                        rating?: number;
                        /** @description Whom it is about: a resident; `~{deviceId}`, a device of nobody; `@{areaId}` or `@{areaId}/{what}`, an area */
                        residentId: string;
                        /** Format: date-time */
                        resolvedAt?: string;
                        revision: number;
                        /** @enum {string} */
                        severity: "P1" | "P2" | "P3" | "P4" | "P5";
                        /** @description Id of the silence that covers it: nobody is told while it lasts */
                        silenced?: string;
                        /** @enum {string} */
                        state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                        summary: {
                            en: string;
                            zh: string;
                        };
                        suspected: boolean;
                        /** @enum {string} */
                        type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        types: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    postAlertsIdCalls: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    number: string;
                    result?: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        acknowledgedAt?: string;
                        /** @description In a message that names several alerts: the others, gravest first */
                        also?: {
                            id: string;
                            /** Format: date-time */
                            openedAt: string;
                            residentId: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            summary: {
                                en: string;
                                zh: string;
                            };
                            suspected: boolean;
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        }[];
                        /** @description How many others: `also` may be cut */
                        alsoTotal?: number;
                        areaId: string;
                        assignee?: string;
                        /** @description What people call the assignee; for pages and apps, not in messages */
                        assigneeName?: string;
                        count: number;
                        deviceIds: string[];
                        evidence: {
                            [key: string]: unknown;
                        };
                        /** @description A drill or a test */
                        exercise?: boolean;
                        id: string;
                        late: boolean;
                        /** Format: date-time */
                        openedAt: string;
                        outcome?: string;
                        /** @description There is one: `GET /alerts/{id}/photo` */
                        photo?: boolean;
                        position?: {
                            accuracyM?: number;
                            lat: number;
                            lon: number;
                        };
                        rating?: number;
                        /** @description Whom it is about: a resident; `~{deviceId}`, a device of nobody; `@{areaId}` or `@{areaId}/{what}`, an area */
                        residentId: string;
                        /** Format: date-time */
                        resolvedAt?: string;
                        revision: number;
                        /** @enum {string} */
                        severity: "P1" | "P2" | "P3" | "P4" | "P5";
                        /** @description Id of the silence that covers it: nobody is told while it lasts */
                        silenced?: string;
                        /** @enum {string} */
                        state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                        summary: {
                            en: string;
                            zh: string;
                        };
                        suspected: boolean;
                        /** @enum {string} */
                        type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        types: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    getAlertsIdCard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accuracyM?: number;
                        address?: string;
                        ageYears?: number;
                        conditions?: string;
                        contacts: {
                            name: string;
                            phone?: string;
                        }[];
                        /** @enum {string} */
                        dial: "110" | "119" | "120";
                        entry?: string;
                        gcj02: {
                            lat: number;
                            lon: number;
                        };
                        name: string;
                        /** @enum {string} */
                        place: "lastSeen" | "home";
                        say: {
                            en: string;
                            zh: string;
                        };
                        what: {
                            en: string;
                            zh: string;
                        };
                    };
                };
            };
        };
    };
    getAlertsIdPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
        };
    };
    putAlertsIdPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        acknowledgedAt?: string;
                        /** @description In a message that names several alerts: the others, gravest first */
                        also?: {
                            id: string;
                            /** Format: date-time */
                            openedAt: string;
                            residentId: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            summary: {
                                en: string;
                                zh: string;
                            };
                            suspected: boolean;
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        }[];
                        /** @description How many others: `also` may be cut */
                        alsoTotal?: number;
                        areaId: string;
                        assignee?: string;
                        /** @description What people call the assignee; for pages and apps, not in messages */
                        assigneeName?: string;
                        count: number;
                        deviceIds: string[];
                        evidence: {
                            [key: string]: unknown;
                        };
                        /** @description A drill or a test */
                        exercise?: boolean;
                        id: string;
                        late: boolean;
                        /** Format: date-time */
                        openedAt: string;
                        outcome?: string;
                        /** @description There is one: `GET /alerts/{id}/photo` */
                        photo?: boolean;
                        position?: {
                            accuracyM?: number;
                            lat: number;
                            lon: number;
                        };
                        rating?: number;
                        /** @description Whom it is about: a resident; `~{deviceId}`, a device of nobody; `@{areaId}` or `@{areaId}/{what}`, an area */
                        residentId: string;
                        /** Format: date-time */
                        resolvedAt?: string;
                        revision: number;
                        /** @enum {string} */
                        severity: "P1" | "P2" | "P3" | "P4" | "P5";
                        /** @description Id of the silence that covers it: nobody is told while it lasts */
                        silenced?: string;
                        /** @enum {string} */
                        state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                        summary: {
                            en: string;
                            zh: string;
                        };
                        suspected: boolean;
                        /** @enum {string} */
                        type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        types: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    postAlertsIdPromises: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    for: string;
                    note?: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        acknowledgedAt?: string;
                        /** @description In a message that names several alerts: the others, gravest first */
                        also?: {
                            id: string;
                            /** Format: date-time */
                            openedAt: string;
                            residentId: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            summary: {
                                en: string;
                                zh: string;
                            };
                            suspected: boolean;
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        }[];
                        /** @description How many others: `also` may be cut */
                        alsoTotal?: number;
                        areaId: string;
                        assignee?: string;
                        /** @description What people call the assignee; for pages and apps, not in messages */
                        assigneeName?: string;
                        count: number;
                        deviceIds: string[];
                        evidence: {
                            [key: string]: unknown;
                        };
                        /** @description A drill or a test */
                        exercise?: boolean;
                        id: string;
                        late: boolean;
                        /** Format: date-time */
                        openedAt: string;
                        outcome?: string;
                        /** @description There is one: `GET /alerts/{id}/photo` */
                        photo?: boolean;
                        position?: {
                            accuracyM?: number;
                            lat: number;
                            lon: number;
                        };
                        rating?: number;
                        /** @description Whom it is about: a resident; `~{deviceId}`, a device of nobody; `@{areaId}` or `@{areaId}/{what}`, an area */
                        residentId: string;
                        /** Format: date-time */
                        resolvedAt?: string;
                        revision: number;
                        /** @enum {string} */
                        severity: "P1" | "P2" | "P3" | "P4" | "P5";
                        /** @description Id of the silence that covers it: nobody is told while it lasts */
                        silenced?: string;
                        /** @enum {string} */
                        state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                        summary: {
                            en: string;
                            zh: string;
                        };
                        suspected: boolean;
                        /** @enum {string} */
                        type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        types: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    postAlertsIdRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAlertsIdResponders: {
        parameters: {
            query?: {
                datum?: "WGS84" | "GCJ02" | "BD09";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        datum: "WGS84" | "GCJ02" | "BD09";
                        items: {
                            arrivalMin?: number;
                            distanceM?: number;
                            name: string;
                            position?: {
                                accuracyM?: number;
                                ageS: number;
                                lat: number;
                                lon: number;
                            };
                            positionAgeS?: number;
                            userId: string;
                            username: string;
                        }[];
                    };
                };
            };
        };
    };
    getAreas: {
        parameters: {
            query?: {
                cursor?: string;
                ids?: string;
                limit?: number;
                q?: string;
                resident?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            /** @enum {string} */
                            kind: "city" | "district" | "street" | "community" | "grid";
                            name: string;
                            parentId?: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    postAreas: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id: string;
                    /** @enum {string} */
                    kind: "city" | "district" | "street" | "community" | "grid";
                    name: string;
                    parentId?: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "city" | "district" | "street" | "community" | "grid";
                        name: string;
                        parentId?: string;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "city" | "district" | "street" | "community" | "grid";
                        name: string;
                        parentId?: string;
                    };
                };
            };
        };
    };
    getAreasId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "city" | "district" | "street" | "community" | "grid";
                        name: string;
                        parentId?: string;
                    };
                };
            };
        };
    };
    deleteAreasId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchAreasId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    id?: string;
                    /** @enum {string} */
                    kind?: "city" | "district" | "street" | "community" | "grid";
                    name?: string;
                    parentId?: string | null;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @enum {string} */
                        kind: "city" | "district" | "street" | "community" | "grid";
                        name: string;
                        parentId?: string;
                    };
                };
            };
        };
    };
    getAreasIdDuty: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        gaps: {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                            userIds: string[];
                        }[];
                        now: string[];
                    };
                };
            };
        };
    };
    getAreasIdHandover: {
        parameters: {
            query?: {
                at?: string;
                format?: "json" | "text";
                lang?: "zh" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId: string;
                        areaName: string;
                        /** Format: date-time */
                        at: string;
                        away: {
                            resident: {
                                id: string;
                                name: string;
                            };
                            /** Format: date-time */
                            until: string;
                        }[];
                        callBacks: {
                            about: {
                                id: string;
                                name?: string;
                            };
                            alertId: string;
                            by: {
                                id: string;
                                name: string;
                            };
                            /** Format: date-time */
                            for?: string;
                            note?: string;
                        }[];
                        done: {
                            about: {
                                id: string;
                                name?: string;
                            };
                            assignee?: {
                                id: string;
                                name: string;
                            };
                            id: string;
                            /** Format: date-time */
                            openedAt: string;
                            outcome?: string;
                            /** Format: date-time */
                            resolvedAt?: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                            summary: {
                                en: string;
                                zh: string;
                            };
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        }[];
                        doubtful: {
                            faults: {
                                deviceIds: string[];
                                /** Format: date-time */
                                since: string;
                                /** @enum {string} */
                                type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                            }[];
                            resident: {
                                id: string;
                                name: string;
                            };
                            riskTier: string;
                        }[];
                        gaps: {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                        }[];
                        next?: {
                            /** Format: date-time */
                            from: string;
                            people: {
                                id: string;
                                name: string;
                            }[];
                            /** Format: date-time */
                            to: string;
                        };
                        open: {
                            about: {
                                id: string;
                                name?: string;
                            };
                            assignee?: {
                                id: string;
                                name: string;
                            };
                            id: string;
                            /** Format: date-time */
                            openedAt: string;
                            outcome?: string;
                            /** Format: date-time */
                            resolvedAt?: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                            summary: {
                                en: string;
                                zh: string;
                            };
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        }[];
                        shift: {
                            /** Format: date-time */
                            from: string;
                            people: {
                                id: string;
                                name: string;
                            }[];
                            /** Format: date-time */
                            to: string;
                        };
                        silences: {
                            about: {
                                id: string;
                                /** @enum {string} */
                                kind: "area" | "resident" | "device";
                                name?: string;
                            };
                            id: string;
                            /** @enum {string} */
                            kind: "silence" | "exercise" | "testMode";
                            reason: string;
                            /** Format: date-time */
                            until: string;
                        }[];
                        text: {
                            en: string;
                            zh: string;
                        };
                    } | string;
                };
            };
        };
    };
    getAreasIdOverview: {
        parameters: {
            query?: {
                datum?: "WGS84" | "GCJ02" | "BD09";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        area: {
                            answeredToday: {
                                of: number;
                                targets: {
                                    within60s: number;
                                    within180s: number;
                                };
                                within60s?: number;
                                within180s?: number;
                            };
                            bounds?: [
                                number,
                                number,
                                number,
                                number
                            ];
                            centre?: {
                                lat: number;
                                lon: number;
                            };
                            devices: {
                                all: number;
                                heard: number;
                                silent: number;
                                unknown: number;
                            };
                            duty: {
                                isGap: boolean;
                                nextGap?: {
                                    /** Format: date-time */
                                    from: string;
                                    /** Format: date-time */
                                    to: string;
                                };
                                now: number;
                                userIds?: string[];
                            };
                            id: string;
                            /** @enum {string} */
                            kind: "city" | "district" | "street" | "community" | "grid";
                            name: string;
                            open: {
                                P1: number;
                                P2: number;
                                P3: number;
                                P4: number;
                                P5: number;
                            };
                            openByType: {
                                [key: string]: number;
                            };
                            residents: number;
                            unclaimedP1: number;
                        };
                        children: {
                            answeredToday: {
                                of: number;
                                targets: {
                                    within60s: number;
                                    within180s: number;
                                };
                                within60s?: number;
                                within180s?: number;
                            };
                            bounds?: [
                                number,
                                number,
                                number,
                                number
                            ];
                            centre?: {
                                lat: number;
                                lon: number;
                            };
                            devices: {
                                all: number;
                                heard: number;
                                silent: number;
                                unknown: number;
                            };
                            duty: {
                                isGap: boolean;
                                nextGap?: {
                                    /** Format: date-time */
                                    from: string;
                                    /** Format: date-time */
                                    to: string;
                                };
                                now: number;
                                userIds?: string[];
                            };
                            id: string;
                            /** @enum {string} */
                            kind: "city" | "district" | "street" | "community" | "grid";
                            name: string;
                            open: {
                                P1: number;
                                P2: number;
                                P3: number;
                                P4: number;
                                P5: number;
                            };
                            openByType: {
                                [key: string]: number;
                            };
                            residents: number;
                            unclaimedP1: number;
                        }[];
                        /** @enum {string} */
                        datum: "WGS84" | "GCJ02" | "BD09";
                        /** Format: date-time */
                        now: string;
                        outages: {
                            areaId: string;
                            back: number;
                            lost: number;
                            name: string;
                            /** Format: date-time */
                            since: string;
                        }[];
                        path: {
                            id: string;
                            /** @enum {string} */
                            kind: "city" | "district" | "street" | "community" | "grid";
                            name: string;
                        }[];
                        recent: {
                            areaId: string;
                            id?: string;
                            /** Format: date-time */
                            openedAt: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                            /** @description Absent where a name in it could not be masked for certain: the type says what happened */
                            summary?: {
                                en: string;
                                zh: string;
                            };
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                            who?: string;
                        }[];
                    };
                };
            };
        };
    };
    getAreasIdPositions: {
        parameters: {
            query?: {
                datum?: "WGS84" | "GCJ02" | "BD09";
                masked?: string;
            };
            header?: {
                "if-none-match"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        columns: ("id" | "name" | "areaId" | "lat" | "lon" | "accuracyM" | "t" | "severity")[];
                        /** @enum {string} */
                        datum: "WGS84" | "GCJ02" | "BD09";
                        /** Format: date-time */
                        now: string;
                        rows: (string | number | null)[][];
                    };
                };
            };
            /** @description Default Response */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getAsyncapiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
        };
    };
    getAudit: {
        parameters: {
            query?: {
                about?: string;
                /** @description heads from before, kept elsewhere */
                anchors?: string;
                cursor?: string;
                from?: string;
                limit?: number;
                to?: string;
                /** @description also reads the whole log and says what was changed */
                verify?: "true" | "false";
                what?: string;
                who?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        check?: {
                            damage: {
                                what: string;
                                where: string;
                            }[];
                            entries: number;
                            head: {
                                hash: string;
                                id: number;
                            };
                        };
                        head: {
                            hash: string;
                            id: number;
                        };
                        items: {
                            about: string;
                            /** Format: date-time */
                            at: string;
                            detail?: {
                                [key: string]: unknown;
                            };
                            what: string;
                            who: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    postBackup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    dir: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
        };
    };
    getDeviceConnections: {
        parameters: {
            query?: {
                ids?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            deviceId: string;
                            hasToken: boolean;
                            /** Format: date-time */
                            heardAt?: string;
                        }[];
                        nextCursor: null;
                    };
                };
            };
        };
    };
    getDevices: {
        parameters: {
            query?: {
                cursor?: string;
                ids?: string;
                limit?: number;
                q?: string;
                resident?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            address?: string;
                            /** @enum {string} */
                            codec?: "native" | "owntracks" | "zigbee2mqtt";
                            /** @enum {string} */
                            datum?: "WGS84" | "GCJ02" | "BD09";
                            hubId?: string;
                            id: string;
                            /** @enum {string} */
                            kind: "wristband" | "callButton" | "smokeDetector" | "gasDetector" | "motionSensor" | "doorSensor" | "bedSensor" | "vitalsMonitor" | "hub";
                            model?: string;
                            residentId?: string;
                            room?: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    postDevices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    address?: string;
                    /** @enum {string} */
                    codec?: "native" | "owntracks" | "zigbee2mqtt";
                    /** @enum {string} */
                    datum?: "WGS84" | "GCJ02" | "BD09";
                    hubId?: string;
                    id: string;
                    /** @enum {string} */
                    kind: "wristband" | "callButton" | "smokeDetector" | "gasDetector" | "motionSensor" | "doorSensor" | "bedSensor" | "vitalsMonitor" | "hub";
                    model?: string;
                    residentId?: string;
                    room?: string;
                    token?: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address?: string;
                        /** @enum {string} */
                        codec?: "native" | "owntracks" | "zigbee2mqtt";
                        /** @enum {string} */
                        datum?: "WGS84" | "GCJ02" | "BD09";
                        hubId?: string;
                        id: string;
                        /** @enum {string} */
                        kind: "wristband" | "callButton" | "smokeDetector" | "gasDetector" | "motionSensor" | "doorSensor" | "bedSensor" | "vitalsMonitor" | "hub";
                        model?: string;
                        residentId?: string;
                        room?: string;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address?: string;
                        /** @enum {string} */
                        codec?: "native" | "owntracks" | "zigbee2mqtt";
                        /** @enum {string} */
                        datum?: "WGS84" | "GCJ02" | "BD09";
                        hubId?: string;
                        id: string;
                        /** @enum {string} */
                        kind: "wristband" | "callButton" | "smokeDetector" | "gasDetector" | "motionSensor" | "doorSensor" | "bedSensor" | "vitalsMonitor" | "hub";
                        model?: string;
                        residentId?: string;
                        room?: string;
                    };
                };
            };
        };
    };
    getDevicesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address?: string;
                        /** @enum {string} */
                        codec?: "native" | "owntracks" | "zigbee2mqtt";
                        /** @enum {string} */
                        datum?: "WGS84" | "GCJ02" | "BD09";
                        hubId?: string;
                        id: string;
                        /** @enum {string} */
                        kind: "wristband" | "callButton" | "smokeDetector" | "gasDetector" | "motionSensor" | "doorSensor" | "bedSensor" | "vitalsMonitor" | "hub";
                        model?: string;
                        residentId?: string;
                        room?: string;
                    };
                };
            };
        };
    };
    deleteDevicesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchDevicesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    address?: string | null;
                    codec?: ("native" | "owntracks" | "zigbee2mqtt") | null;
                    datum?: ("WGS84" | "GCJ02" | "BD09") | null;
                    hubId?: string | null;
                    id?: string;
                    /** @enum {string} */
                    kind?: "wristband" | "callButton" | "smokeDetector" | "gasDetector" | "motionSensor" | "doorSensor" | "bedSensor" | "vitalsMonitor" | "hub";
                    model?: string | null;
                    residentId?: string | null;
                    room?: string | null;
                    token?: string | null;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address?: string;
                        /** @enum {string} */
                        codec?: "native" | "owntracks" | "zigbee2mqtt";
                        /** @enum {string} */
                        datum?: "WGS84" | "GCJ02" | "BD09";
                        hubId?: string;
                        id: string;
                        /** @enum {string} */
                        kind: "wristband" | "callButton" | "smokeDetector" | "gasDetector" | "motionSensor" | "doorSensor" | "bedSensor" | "vitalsMonitor" | "hub";
                        model?: string;
                        residentId?: string;
                        room?: string;
                    };
                };
            };
        };
    };
    getDevicesIdCommands: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            answeredAt?: string;
                            args: {
                                [key: string]: string | number | boolean;
                            };
                            /** Format: date-time */
                            at: string;
                            by: string;
                            detail?: string;
                            id: string;
                            /** @enum {string} */
                            name: "reportInterval" | "locate" | "ring" | "callBack" | "siren" | "confirmOk";
                            reached: number;
                            /** @enum {string} */
                            state: "waiting" | "sent" | "done" | "refused" | "unanswered";
                        }[];
                        nextCursor: null;
                    };
                };
            };
        };
    };
    postDevicesIdCommands: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    name: "locate";
                } | {
                    /** @default 30 */
                    durationS?: number;
                    /** @enum {string} */
                    name: "ring";
                } | {
                    /** @default 30 */
                    durationS?: number;
                    /** @enum {string} */
                    name: "siren";
                } | {
                    /** @enum {string} */
                    name: "callBack";
                    number?: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        answeredAt?: string;
                        args: {
                            [key: string]: string | number | boolean;
                        };
                        /** Format: date-time */
                        at: string;
                        by: string;
                        detail?: string;
                        id: string;
                        /** @enum {string} */
                        name: "reportInterval" | "locate" | "ring" | "callBack" | "siren" | "confirmOk";
                        reached: number;
                        /** @enum {string} */
                        state: "waiting" | "sent" | "done" | "refused" | "unanswered";
                    };
                };
            };
        };
    };
    getDevicesIdMessages: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            deviceClock?: string;
                            facts: {
                                [key: string]: unknown;
                            };
                            lane: string;
                            late: boolean;
                            /** Format: date-time */
                            receivedAt: string;
                            seq?: number;
                            /** Format: date-time */
                            t: string;
                        }[];
                        nextCursor: null;
                    };
                };
            };
        };
    };
    getDevicesIdQuarantine: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            detail: string;
                            deviceId: string;
                            payloadBytes: number;
                            payloadHead: string;
                            reason: string;
                            /** Format: date-time */
                            receivedAt: string;
                            topic: string;
                        }[];
                        nextCursor: null;
                    };
                };
            };
        };
    };
    putDevicesIdTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 30 */
                    minutes?: number;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        until: string;
                    };
                };
            };
        };
    };
    deleteDevicesIdTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    postDevicesIdToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        qr: string;
                        token: string;
                    };
                };
            };
        };
    };
    deleteDevicesIdToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteDisplaysId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @default [] */
                        areas: {
                            id: string;
                            /** @enum {string} */
                            kind: "city" | "district" | "street" | "community" | "grid";
                            name: string;
                            parentId?: string;
                        }[];
                        /** @default [] */
                        devices: {
                            address?: string;
                            /** @enum {string} */
                            codec?: "native" | "owntracks" | "zigbee2mqtt";
                            /** @enum {string} */
                            datum?: "WGS84" | "GCJ02" | "BD09";
                            hubId?: string;
                            id: string;
                            /** @enum {string} */
                            kind: "wristband" | "callButton" | "smokeDetector" | "gasDetector" | "motionSensor" | "doorSensor" | "bedSensor" | "vitalsMonitor" | "hub";
                            model?: string;
                            residentId?: string;
                            room?: string;
                            token?: string;
                        }[];
                        /** @default [] */
                        policies: {
                            again?: {
                                afterS: number;
                                times: number;
                            };
                            areaId?: string;
                            id: string;
                            name: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            residentId?: string;
                            severities?: ("P1" | "P2" | "P3" | "P4" | "P5")[];
                            steps: {
                                afterS: number;
                                channels?: ("webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log")[];
                                rosterId?: string;
                                /** @enum {string} */
                                target: "contacts" | "sameContacts" | "allContacts" | "responders" | "centre" | "users" | "roster";
                                userIds?: string[];
                            }[];
                            types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                        }[];
                        /** @default [] */
                        residents: {
                            address?: string;
                            areaId: string;
                            /** Format: date-time */
                            awayUntil?: string;
                            /** Format: date */
                            birthDate?: string;
                            building?: string;
                            cognitiveRisk?: boolean;
                            conditions?: string;
                            /** @default [] */
                            contacts: {
                                /** @default [] */
                                channels: {
                                    address: string;
                                    /** @enum {string} */
                                    kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                                    secret?: string;
                                }[];
                                id: string;
                                /** @enum {string} */
                                language?: "zh" | "en";
                                name: string;
                                /** @default 0 */
                                order: number;
                                phone?: string;
                                quietHours?: {
                                    from: string;
                                    to: string;
                                };
                                userId?: string;
                            }[];
                            entry?: string;
                            hasPet?: boolean;
                            home: {
                                /** @enum {string} */
                                datum: "WGS84" | "GCJ02" | "BD09";
                                lat: number;
                                lon: number;
                            };
                            id: string;
                            /** Format: date-time */
                            lastContactAt?: string;
                            livesAlone?: boolean;
                            name: string;
                            notes?: string;
                            /** @enum {string} */
                            riskTier?: "red" | "orange" | "yellow" | "blue" | "green";
                            /** @enum {string} */
                            visitTier?: "red" | "orange" | "yellow" | "blue" | "green";
                            /** Format: date-time */
                            visitTierSince?: string;
                            vitals?: {
                                limits?: {
                                    diastolicMmHg?: {
                                        high?: number;
                                        low?: number;
                                    };
                                    heartRateBpm?: {
                                        high?: number;
                                        low?: number;
                                    };
                                    respirationPerMin?: {
                                        high?: number;
                                        low?: number;
                                    };
                                    spo2Pct?: {
                                        high?: number;
                                        low?: number;
                                    };
                                    systolicMmHg?: {
                                        high?: number;
                                        low?: number;
                                    };
                                    temperatureC?: {
                                        high?: number;
                                        low?: number;
                                    };
                                };
                                spo2Scale?: 1 | 2;
                            };
                        }[];
                        /** @default [] */
                        rosters: {
                            areaId: string;
                            id: string;
                            name: string;
                            /** @default [] */
                            overrides: {
                                /** Format: date-time */
                                from: string;
                                insteadOf?: string;
                                /** Format: date-time */
                                to: string;
                                userId?: string;
                            }[];
                            /** @default [] */
                            rotations: {
                                everyDays: number;
                                handOverAt: string;
                                hours?: {
                                    from: string;
                                    to: string;
                                };
                                /** Format: date */
                                startsOn: string;
                                userIds: string[];
                            }[];
                            /** @default [] */
                            shifts: {
                                days: number[];
                                from: string;
                                to: string;
                                userId: string;
                            }[];
                            /** @default [] */
                            specialDays: {
                                as: number;
                                /** Format: date */
                                date: string;
                            }[];
                            timeZone?: string;
                        }[];
                        /** @default [] */
                        silences: {
                            areaId?: string;
                            by?: string;
                            deviceId?: string;
                            exercise?: boolean;
                            /** Format: date-time */
                            from: string;
                            id: string;
                            reason: string;
                            residentId?: string;
                            tells?: boolean;
                            /** Format: date-time */
                            to: string;
                            types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                        }[];
                        /** @default [] */
                        users: {
                            areaId?: string;
                            channels?: {
                                address: string;
                                /** @enum {string} */
                                kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                                secret?: string;
                            }[];
                            id: string;
                            /** @enum {string} */
                            language?: "zh" | "en";
                            name?: string;
                            password?: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            residentIds?: string[];
                            /** @enum {string} */
                            role: "admin" | "operator" | "responder" | "family" | "viewer";
                            username: string;
                        }[];
                        /** @default [] */
                        zones: {
                            areaId?: string;
                            /** @enum {string} */
                            datum: "WGS84" | "GCJ02" | "BD09";
                            id: string;
                            /** @enum {string} */
                            kind: "safe" | "forbidden";
                            name: string;
                            residentId?: string;
                            schedule?: {
                                days?: number[];
                                from: string;
                                to: string;
                            };
                            shape: {
                                center: {
                                    lat: number;
                                    lon: number;
                                };
                                radiusM: number;
                                /** @enum {string} */
                                type: "circle";
                            } | {
                                coordinates: number[][][];
                                /** @enum {string} */
                                type: "Polygon";
                            } | {
                                coordinates: number[][][][];
                                /** @enum {string} */
                                type: "MultiPolygon";
                            };
                        }[];
                    };
                };
            };
        };
    };
    postImport: {
        parameters: {
            query?: {
                preview?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": unknown;
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: number;
                    } | {
                        counts: {
                            [key: string]: {
                                changed: number;
                                created: number;
                                unchanged: number;
                            };
                        };
                        problems: {
                            path: string;
                            reason: string;
                        }[];
                        problemsTotal: number;
                    };
                };
            };
        };
    };
    getKpi: {
        parameters: {
            query?: {
                area?: string;
                by?: "area" | "day" | "month";
                format?: "json" | "csv";
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
        };
    };
    getKpiReport: {
        parameters: {
            query?: {
                area?: string;
                from?: string;
                lang?: "zh" | "en";
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
        };
    };
    getMapTilesZXY: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                x: number;
                y: number;
                z: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contacts: {
                            contact: {
                                channels: {
                                    address: string;
                                    /** @enum {string} */
                                    kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                                }[];
                                id: string;
                                /** @enum {string} */
                                language?: "zh" | "en";
                                name: string;
                                /** @default 0 */
                                order: number;
                                phone?: string;
                                quietHours?: {
                                    from: string;
                                    to: string;
                                };
                                userId?: string;
                            };
                            residentId: string;
                        }[];
                        push: string[];
                        user: {
                            areaId?: string;
                            channels?: {
                                address: string;
                                /** @enum {string} */
                                kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            }[];
                            id: string;
                            /** @enum {string} */
                            language?: "zh" | "en";
                            name?: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            residentIds?: string[];
                            /** @enum {string} */
                            role: "admin" | "operator" | "responder" | "family" | "viewer";
                            username: string;
                        };
                    };
                };
            };
        };
    };
    patchMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    language?: ("zh" | "en") | null;
                    name?: string;
                    phone?: string | null;
                    quietHours?: {
                        from: string;
                        to: string;
                    } | null;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contacts: {
                            contact: {
                                channels: {
                                    address: string;
                                    /** @enum {string} */
                                    kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                                }[];
                                id: string;
                                /** @enum {string} */
                                language?: "zh" | "en";
                                name: string;
                                /** @default 0 */
                                order: number;
                                phone?: string;
                                quietHours?: {
                                    from: string;
                                    to: string;
                                };
                                userId?: string;
                            };
                            residentId: string;
                        }[];
                        push: string[];
                        user: {
                            areaId?: string;
                            channels?: {
                                address: string;
                                /** @enum {string} */
                                kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            }[];
                            id: string;
                            /** @enum {string} */
                            language?: "zh" | "en";
                            name?: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            residentIds?: string[];
                            /** @enum {string} */
                            role: "admin" | "operator" | "responder" | "family" | "viewer";
                            username: string;
                        };
                    };
                };
            };
        };
    };
    putMePosition: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    accuracyM?: number;
                    /**
                     * @default WGS84
                     * @enum {string}
                     */
                    datum?: "WGS84" | "GCJ02" | "BD09";
                    lat: number;
                    lon: number;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteMePosition: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    putMePush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: uri */
                    endpoint: string;
                    expirationTime?: number | null;
                    keys: {
                        auth: string;
                        p256dh: string;
                    };
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contacts: {
                            contact: {
                                channels: {
                                    address: string;
                                    /** @enum {string} */
                                    kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                                }[];
                                id: string;
                                /** @enum {string} */
                                language?: "zh" | "en";
                                name: string;
                                /** @default 0 */
                                order: number;
                                phone?: string;
                                quietHours?: {
                                    from: string;
                                    to: string;
                                };
                                userId?: string;
                            };
                            residentId: string;
                        }[];
                        push: string[];
                        user: {
                            areaId?: string;
                            channels?: {
                                address: string;
                                /** @enum {string} */
                                kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            }[];
                            id: string;
                            /** @enum {string} */
                            language?: "zh" | "en";
                            name?: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            residentIds?: string[];
                            /** @enum {string} */
                            role: "admin" | "operator" | "responder" | "family" | "viewer";
                            username: string;
                        };
                    };
                };
            };
        };
    };
    deleteMePush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    endpoint: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        contacts: {
                            contact: {
                                channels: {
                                    address: string;
                                    /** @enum {string} */
                                    kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                                }[];
                                id: string;
                                /** @enum {string} */
                                language?: "zh" | "en";
                                name: string;
                                /** @default 0 */
                                order: number;
                                phone?: string;
                                quietHours?: {
                                    from: string;
                                    to: string;
                                };
                                userId?: string;
                            };
                            residentId: string;
                        }[];
                        push: string[];
                        user: {
                            areaId?: string;
                            channels?: {
                                address: string;
                                /** @enum {string} */
                                kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            }[];
                            id: string;
                            /** @enum {string} */
                            language?: "zh" | "en";
                            name?: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            residentIds?: string[];
                            /** @enum {string} */
                            role: "admin" | "operator" | "responder" | "family" | "viewer";
                            username: string;
                        };
                    };
                };
            };
        };
    };
    postMePushTest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    endpoint: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        outcome: "sent" | "failed";
                        reason?: string;
                    };
                };
            };
        };
    };
    getNotices: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            ageYears?: number;
                            alertId?: string;
                            by: string;
                            caseNumber: string;
                            clothing?: string;
                            consentBy: string;
                            /** Format: date-time */
                            endedAt?: string;
                            /** Format: date-time */
                            expiresAt: string;
                            hasPhoto: boolean;
                            heightCm?: number;
                            hotline: string;
                            id: string;
                            isUp: boolean;
                            lastSeen: {
                                /** Format: date-time */
                                at: string;
                                place?: string;
                                position: {
                                    lat: number;
                                    lon: number;
                                };
                            };
                            name: string;
                            /** Format: date-time */
                            publishedAt: string;
                            residentId: string;
                            ringM: number;
                            /** @enum {string} */
                            sex?: "female" | "male";
                            url: string;
                        }[];
                        nextCursor: null;
                    };
                };
            };
        };
    };
    getNoticesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ageYears?: number;
                        clothing?: string;
                        /** Format: date-time */
                        expiresAt: string;
                        hasPhoto: boolean;
                        heightCm?: number;
                        hotline: string;
                        lastSeen: {
                            /** Format: date-time */
                            at: string;
                            place?: string;
                            position: {
                                lat: number;
                                lon: number;
                            };
                        };
                        name: string;
                        /** Format: date-time */
                        now: string;
                        /** Format: date-time */
                        publishedAt: string;
                        ringM: number;
                        /** @enum {string} */
                        sex?: "female" | "male";
                    };
                };
            };
        };
    };
    deleteNoticesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getNoticesIdPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
        };
    };
    getNotifications: {
        parameters: {
            query?: {
                area?: string;
                cursor?: string;
                limit?: number;
                resident?: string;
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            alertId: string;
                            attempts: number;
                            /** @enum {string} */
                            channel: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            failure?: string;
                            id: string;
                            /** Format: date-time */
                            nextAttemptAt?: string;
                            /** Format: date-time */
                            queuedAt: string;
                            /** Format: date-time */
                            readAt?: string;
                            reason: string;
                            recipientId: string;
                            recipientName?: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            /** @enum {string} */
                            state: "queued" | "sent" | "delivered" | "read" | "acknowledged" | "failed" | "withheld";
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    getOpenapiJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
        };
    };
    getPageSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        map: {
                            tiles?: {
                                attribution: string;
                                /** @description West, south, east, north of all pictures */
                                bounds?: number[];
                                /**
                                 * @description Of the pictures: places have to be shifted to it for display
                                 * @enum {string}
                                 */
                                datum: "WGS84" | "GCJ02";
                                /**
                                 * @description Pictures, or shapes in the layers of Protomaps' basemap, from which the page draws them
                                 * @enum {string}
                                 */
                                kind: "raster" | "vector";
                                /** @description The closest there is; the map enlarges its pictures beyond */
                                maxZoom?: number;
                                minZoom?: number;
                                /** @description Template of tiles with {z}, {x} and {y}; a path when this service has them */
                                url: string;
                            };
                        };
                        timeZone: string;
                    };
                };
            };
        };
    };
    getPolicies: {
        parameters: {
            query?: {
                cursor?: string;
                ids?: string;
                limit?: number;
                q?: string;
                resident?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            again?: {
                                afterS: number;
                                times: number;
                            };
                            areaId?: string;
                            id: string;
                            name: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            residentId?: string;
                            severities?: ("P1" | "P2" | "P3" | "P4" | "P5")[];
                            steps: {
                                afterS: number;
                                channels?: ("webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log")[];
                                rosterId?: string;
                                /** @enum {string} */
                                target: "contacts" | "sameContacts" | "allContacts" | "responders" | "centre" | "users" | "roster";
                                userIds?: string[];
                            }[];
                            types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    postPolicies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    again?: {
                        afterS: number;
                        times: number;
                    };
                    areaId?: string;
                    id: string;
                    name: string;
                    quietHours?: {
                        from: string;
                        to: string;
                    };
                    residentId?: string;
                    severities?: ("P1" | "P2" | "P3" | "P4" | "P5")[];
                    steps: {
                        afterS: number;
                        channels?: ("webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log")[];
                        rosterId?: string;
                        /** @enum {string} */
                        target: "contacts" | "sameContacts" | "allContacts" | "responders" | "centre" | "users" | "roster";
                        userIds?: string[];
                    }[];
                    types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        again?: {
                            afterS: number;
                            times: number;
                        };
                        areaId?: string;
                        id: string;
                        name: string;
                        quietHours?: {
                            from: string;
                            to: string;
                        };
                        residentId?: string;
                        severities?: ("P1" | "P2" | "P3" | "P4" | "P5")[];
                        steps: {
                            afterS: number;
                            channels?: ("webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log")[];
                            rosterId?: string;
                            /** @enum {string} */
                            target: "contacts" | "sameContacts" | "allContacts" | "responders" | "centre" | "users" | "roster";
                            userIds?: string[];
                        }[];
                        types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        again?: {
                            afterS: number;
                            times: number;
                        };
                        areaId?: string;
                        id: string;
                        name: string;
                        quietHours?: {
                            from: string;
                            to: string;
                        };
                        residentId?: string;
                        severities?: ("P1" | "P2" | "P3" | "P4" | "P5")[];
                        steps: {
                            afterS: number;
                            channels?: ("webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log")[];
                            rosterId?: string;
                            /** @enum {string} */
                            target: "contacts" | "sameContacts" | "allContacts" | "responders" | "centre" | "users" | "roster";
                            userIds?: string[];
                        }[];
                        types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                    };
                };
            };
        };
    };
    getPoliciesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        again?: {
                            afterS: number;
                            times: number;
                        };
                        areaId?: string;
                        id: string;
                        name: string;
                        quietHours?: {
                            from: string;
                            to: string;
                        };
                        residentId?: string;
                        severities?: ("P1" | "P2" | "P3" | "P4" | "P5")[];
                        steps: {
                            afterS: number;
                            channels?: ("webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log")[];
                            rosterId?: string;
                            /** @enum {string} */
                            target: "contacts" | "sameContacts" | "allContacts" | "responders" | "centre" | "users" | "roster";
                            userIds?: string[];
                        }[];
                        types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                    };
                };
            };
        };
    };
    deletePoliciesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchPoliciesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    again?: {
                        afterS: number;
                        times: number;
                    } | null;
                    areaId?: string | null;
                    id?: string;
                    name?: string;
                    quietHours?: {
                        from: string;
                        to: string;
                    } | null;
                    residentId?: string | null;
                    severities?: ("P1" | "P2" | "P3" | "P4" | "P5")[] | null;
                    steps?: {
                        afterS: number;
                        channels?: ("webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log")[];
                        rosterId?: string;
                        /** @enum {string} */
                        target: "contacts" | "sameContacts" | "allContacts" | "responders" | "centre" | "users" | "roster";
                        userIds?: string[];
                    }[];
                    types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[] | null;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        again?: {
                            afterS: number;
                            times: number;
                        };
                        areaId?: string;
                        id: string;
                        name: string;
                        quietHours?: {
                            from: string;
                            to: string;
                        };
                        residentId?: string;
                        severities?: ("P1" | "P2" | "P3" | "P4" | "P5")[];
                        steps: {
                            afterS: number;
                            channels?: ("webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log")[];
                            rosterId?: string;
                            /** @enum {string} */
                            target: "contacts" | "sameContacts" | "allContacts" | "responders" | "centre" | "users" | "roster";
                            userIds?: string[];
                        }[];
                        types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                    };
                };
            };
        };
    };
    getPushKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        publicKey: string;
                    };
                };
            };
        };
    };
    getQuarantine: {
        parameters: {
            query?: {
                device?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            detail: string;
                            deviceId: string;
                            payloadBytes: number;
                            payloadHead: string;
                            reason: string;
                            /** Format: date-time */
                            receivedAt: string;
                            topic: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    getResidents: {
        parameters: {
            query?: {
                cursor?: string;
                ids?: string;
                limit?: number;
                q?: string;
                resident?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            address?: string;
                            areaId: string;
                            /** Format: date-time */
                            awayUntil?: string;
                            /** Format: date */
                            birthDate?: string;
                            building?: string;
                            cognitiveRisk?: boolean;
                            conditions?: string;
                            contacts: {
                                channels: {
                                    address: string;
                                    /** @enum {string} */
                                    kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                                }[];
                                id: string;
                                /** @enum {string} */
                                language?: "zh" | "en";
                                name: string;
                                /** @default 0 */
                                order: number;
                                phone?: string;
                                quietHours?: {
                                    from: string;
                                    to: string;
                                };
                                userId?: string;
                            }[];
                            entry?: string;
                            hasPet?: boolean;
                            home: {
                                /** @enum {string} */
                                datum: "WGS84" | "GCJ02" | "BD09";
                                lat: number;
                                lon: number;
                            };
                            id: string;
                            /** Format: date-time */
                            lastContactAt?: string;
                            livesAlone?: boolean;
                            name: string;
                            notes?: string;
                            /** @enum {string} */
                            riskTier?: "red" | "orange" | "yellow" | "blue" | "green";
                            /** @enum {string} */
                            visitTier?: "red" | "orange" | "yellow" | "blue" | "green";
                            /** Format: date-time */
                            visitTierSince?: string;
                            vitals?: {
                                limits?: {
                                    diastolicMmHg?: {
                                        high?: number;
                                        low?: number;
                                    };
                                    heartRateBpm?: {
                                        high?: number;
                                        low?: number;
                                    };
                                    respirationPerMin?: {
                                        high?: number;
                                        low?: number;
                                    };
                                    spo2Pct?: {
                                        high?: number;
                                        low?: number;
                                    };
                                    systolicMmHg?: {
                                        high?: number;
                                        low?: number;
                                    };
                                    temperatureC?: {
                                        high?: number;
                                        low?: number;
                                    };
                                };
                                spo2Scale?: 1 | 2;
                            };
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    postResidents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    address?: string;
                    areaId: string;
                    /** Format: date-time */
                    awayUntil?: string;
                    /** Format: date */
                    birthDate?: string;
                    building?: string;
                    cognitiveRisk?: boolean;
                    conditions?: string;
                    /** @default [] */
                    contacts?: {
                        /** @default [] */
                        channels?: {
                            address: string;
                            /** @enum {string} */
                            kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            secret?: string;
                        }[];
                        id: string;
                        /** @enum {string} */
                        language?: "zh" | "en";
                        name: string;
                        /** @default 0 */
                        order?: number;
                        phone?: string;
                        quietHours?: {
                            from: string;
                            to: string;
                        };
                        userId?: string;
                    }[];
                    entry?: string;
                    hasPet?: boolean;
                    home: {
                        /** @enum {string} */
                        datum: "WGS84" | "GCJ02" | "BD09";
                        lat: number;
                        lon: number;
                    };
                    id: string;
                    /** Format: date-time */
                    lastContactAt?: string;
                    livesAlone?: boolean;
                    name: string;
                    notes?: string;
                    /** @enum {string} */
                    riskTier?: "red" | "orange" | "yellow" | "blue" | "green";
                    /** @enum {string} */
                    visitTier?: "red" | "orange" | "yellow" | "blue" | "green";
                    /** Format: date-time */
                    visitTierSince?: string;
                    vitals?: {
                        limits?: {
                            diastolicMmHg?: {
                                high?: number;
                                low?: number;
                            };
                            heartRateBpm?: {
                                high?: number;
                                low?: number;
                            };
                            respirationPerMin?: {
                                high?: number;
                                low?: number;
                            };
                            spo2Pct?: {
                                high?: number;
                                low?: number;
                            };
                            systolicMmHg?: {
                                high?: number;
                                low?: number;
                            };
                            temperatureC?: {
                                high?: number;
                                low?: number;
                            };
                        };
                        spo2Scale?: 1 | 2;
                    };
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address?: string;
                        areaId: string;
                        /** Format: date-time */
                        awayUntil?: string;
                        /** Format: date */
                        birthDate?: string;
                        building?: string;
                        cognitiveRisk?: boolean;
                        conditions?: string;
                        contacts: {
                            channels: {
                                address: string;
                                /** @enum {string} */
                                kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            }[];
                            id: string;
                            /** @enum {string} */
                            language?: "zh" | "en";
                            name: string;
                            /** @default 0 */
                            order: number;
                            phone?: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            userId?: string;
                        }[];
                        entry?: string;
                        hasPet?: boolean;
                        home: {
                            /** @enum {string} */
                            datum: "WGS84" | "GCJ02" | "BD09";
                            lat: number;
                            lon: number;
                        };
                        id: string;
                        /** Format: date-time */
                        lastContactAt?: string;
                        livesAlone?: boolean;
                        name: string;
                        notes?: string;
                        /** @enum {string} */
                        riskTier?: "red" | "orange" | "yellow" | "blue" | "green";
                        /** @enum {string} */
                        visitTier?: "red" | "orange" | "yellow" | "blue" | "green";
                        /** Format: date-time */
                        visitTierSince?: string;
                        vitals?: {
                            limits?: {
                                diastolicMmHg?: {
                                    high?: number;
                                    low?: number;
                                };
                                heartRateBpm?: {
                                    high?: number;
                                    low?: number;
                                };
                                respirationPerMin?: {
                                    high?: number;
                                    low?: number;
                                };
                                spo2Pct?: {
                                    high?: number;
                                    low?: number;
                                };
                                systolicMmHg?: {
                                    high?: number;
                                    low?: number;
                                };
                                temperatureC?: {
                                    high?: number;
                                    low?: number;
                                };
                            };
                            spo2Scale?: 1 | 2;
                        };
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address?: string;
                        areaId: string;
                        /** Format: date-time */
                        awayUntil?: string;
                        /** Format: date */
                        birthDate?: string;
                        building?: string;
                        cognitiveRisk?: boolean;
                        conditions?: string;
                        contacts: {
                            channels: {
                                address: string;
                                /** @enum {string} */
                                kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            }[];
                            id: string;
                            /** @enum {string} */
                            language?: "zh" | "en";
                            name: string;
                            /** @default 0 */
                            order: number;
                            phone?: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            userId?: string;
                        }[];
                        entry?: string;
                        hasPet?: boolean;
                        home: {
                            /** @enum {string} */
                            datum: "WGS84" | "GCJ02" | "BD09";
                            lat: number;
                            lon: number;
                        };
                        id: string;
                        /** Format: date-time */
                        lastContactAt?: string;
                        livesAlone?: boolean;
                        name: string;
                        notes?: string;
                        /** @enum {string} */
                        riskTier?: "red" | "orange" | "yellow" | "blue" | "green";
                        /** @enum {string} */
                        visitTier?: "red" | "orange" | "yellow" | "blue" | "green";
                        /** Format: date-time */
                        visitTierSince?: string;
                        vitals?: {
                            limits?: {
                                diastolicMmHg?: {
                                    high?: number;
                                    low?: number;
                                };
                                heartRateBpm?: {
                                    high?: number;
                                    low?: number;
                                };
                                respirationPerMin?: {
                                    high?: number;
                                    low?: number;
                                };
                                spo2Pct?: {
                                    high?: number;
                                    low?: number;
                                };
                                systolicMmHg?: {
                                    high?: number;
                                    low?: number;
                                };
                                temperatureC?: {
                                    high?: number;
                                    low?: number;
                                };
                            };
                            spo2Scale?: 1 | 2;
                        };
                    };
                };
            };
        };
    };
    getResidentsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address?: string;
                        areaId: string;
                        /** Format: date-time */
                        awayUntil?: string;
                        /** Format: date */
                        birthDate?: string;
                        building?: string;
                        cognitiveRisk?: boolean;
                        conditions?: string;
                        contacts: {
                            channels: {
                                address: string;
                                /** @enum {string} */
                                kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            }[];
                            id: string;
                            /** @enum {string} */
                            language?: "zh" | "en";
                            name: string;
                            /** @default 0 */
                            order: number;
                            phone?: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            userId?: string;
                        }[];
                        entry?: string;
                        hasPet?: boolean;
                        home: {
                            /** @enum {string} */
                            datum: "WGS84" | "GCJ02" | "BD09";
                            lat: number;
                            lon: number;
                        };
                        id: string;
                        /** Format: date-time */
                        lastContactAt?: string;
                        livesAlone?: boolean;
                        name: string;
                        notes?: string;
                        /** @enum {string} */
                        riskTier?: "red" | "orange" | "yellow" | "blue" | "green";
                        /** @enum {string} */
                        visitTier?: "red" | "orange" | "yellow" | "blue" | "green";
                        /** Format: date-time */
                        visitTierSince?: string;
                        vitals?: {
                            limits?: {
                                diastolicMmHg?: {
                                    high?: number;
                                    low?: number;
                                };
                                heartRateBpm?: {
                                    high?: number;
                                    low?: number;
                                };
                                respirationPerMin?: {
                                    high?: number;
                                    low?: number;
                                };
                                spo2Pct?: {
                                    high?: number;
                                    low?: number;
                                };
                                systolicMmHg?: {
                                    high?: number;
                                    low?: number;
                                };
                                temperatureC?: {
                                    high?: number;
                                    low?: number;
                                };
                            };
                            spo2Scale?: 1 | 2;
                        };
                    };
                };
            };
        };
    };
    deleteResidentsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchResidentsId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    address?: string | null;
                    areaId?: string;
                    awayUntil?: string | null;
                    birthDate?: string | null;
                    building?: string | null;
                    cognitiveRisk?: boolean | null;
                    conditions?: string | null;
                    contacts?: {
                        /** @default [] */
                        channels?: {
                            address: string;
                            /** @enum {string} */
                            kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            secret?: string;
                        }[];
                        id: string;
                        /** @enum {string} */
                        language?: "zh" | "en";
                        name: string;
                        /** @default 0 */
                        order?: number;
                        phone?: string;
                        quietHours?: {
                            from: string;
                            to: string;
                        };
                        userId?: string;
                    }[];
                    entry?: string | null;
                    hasPet?: boolean | null;
                    home?: {
                        /** @enum {string} */
                        datum: "WGS84" | "GCJ02" | "BD09";
                        lat: number;
                        lon: number;
                    };
                    id?: string;
                    lastContactAt?: string | null;
                    livesAlone?: boolean | null;
                    name?: string;
                    notes?: string | null;
                    riskTier?: ("red" | "orange" | "yellow" | "blue" | "green") | null;
                    visitTier?: ("red" | "orange" | "yellow" | "blue" | "green") | null;
                    visitTierSince?: string | null;
                    vitals?: {
                        limits?: {
                            diastolicMmHg?: {
                                high?: number;
                                low?: number;
                            };
                            heartRateBpm?: {
                                high?: number;
                                low?: number;
                            };
                            respirationPerMin?: {
                                high?: number;
                                low?: number;
                            };
                            spo2Pct?: {
                                high?: number;
                                low?: number;
                            };
                            systolicMmHg?: {
                                high?: number;
                                low?: number;
                            };
                            temperatureC?: {
                                high?: number;
                                low?: number;
                            };
                        };
                        spo2Scale?: 1 | 2;
                    } | null;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address?: string;
                        areaId: string;
                        /** Format: date-time */
                        awayUntil?: string;
                        /** Format: date */
                        birthDate?: string;
                        building?: string;
                        cognitiveRisk?: boolean;
                        conditions?: string;
                        contacts: {
                            channels: {
                                address: string;
                                /** @enum {string} */
                                kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            }[];
                            id: string;
                            /** @enum {string} */
                            language?: "zh" | "en";
                            name: string;
                            /** @default 0 */
                            order: number;
                            phone?: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            userId?: string;
                        }[];
                        entry?: string;
                        hasPet?: boolean;
                        home: {
                            /** @enum {string} */
                            datum: "WGS84" | "GCJ02" | "BD09";
                            lat: number;
                            lon: number;
                        };
                        id: string;
                        /** Format: date-time */
                        lastContactAt?: string;
                        livesAlone?: boolean;
                        name: string;
                        notes?: string;
                        /** @enum {string} */
                        riskTier?: "red" | "orange" | "yellow" | "blue" | "green";
                        /** @enum {string} */
                        visitTier?: "red" | "orange" | "yellow" | "blue" | "green";
                        /** Format: date-time */
                        visitTierSince?: string;
                        vitals?: {
                            limits?: {
                                diastolicMmHg?: {
                                    high?: number;
                                    low?: number;
                                };
                                heartRateBpm?: {
                                    high?: number;
                                    low?: number;
                                };
                                respirationPerMin?: {
                                    high?: number;
                                    low?: number;
                                };
                                spo2Pct?: {
                                    high?: number;
                                    low?: number;
                                };
                                systolicMmHg?: {
                                    high?: number;
                                    low?: number;
                                };
                                temperatureC?: {
                                    high?: number;
                                    low?: number;
                                };
                            };
                            spo2Scale?: 1 | 2;
                        };
                    };
                };
            };
        };
    };
    postResidentsIdAlerts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    lastSeen?: {
                        /** Format: date-time */
                        at?: string;
                        place?: string;
                    };
                    note?: string;
                    /** @description Made by the caller: the same again, also after a lost answer, is the same report */
                    ref?: string;
                    /** @enum {string} */
                    type: "missing" | "sos" | "fall";
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        acknowledgedAt?: string;
                        /** @description In a message that names several alerts: the others, gravest first */
                        also?: {
                            id: string;
                            /** Format: date-time */
                            openedAt: string;
                            residentId: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            summary: {
                                en: string;
                                zh: string;
                            };
                            suspected: boolean;
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        }[];
                        /** @description How many others: `also` may be cut */
                        alsoTotal?: number;
                        areaId: string;
                        assignee?: string;
                        /** @description What people call the assignee; for pages and apps, not in messages */
                        assigneeName?: string;
                        count: number;
                        deviceIds: string[];
                        evidence: {
                            [key: string]: unknown;
                        };
                        /** @description A drill or a test */
                        exercise?: boolean;
                        id: string;
                        late: boolean;
                        /** Format: date-time */
                        openedAt: string;
                        outcome?: string;
                        /** @description There is one: `GET /alerts/{id}/photo` */
                        photo?: boolean;
                        position?: {
                            accuracyM?: number;
                            lat: number;
                            lon: number;
                        };
                        rating?: number;
                        /** @description Whom it is about: a resident; `~{deviceId}`, a device of nobody; `@{areaId}` or `@{areaId}/{what}`, an area */
                        residentId: string;
                        /** Format: date-time */
                        resolvedAt?: string;
                        revision: number;
                        /** @enum {string} */
                        severity: "P1" | "P2" | "P3" | "P4" | "P5";
                        /** @description Id of the silence that covers it: nobody is told while it lasts */
                        silenced?: string;
                        /** @enum {string} */
                        state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                        summary: {
                            en: string;
                            zh: string;
                        };
                        suspected: boolean;
                        /** @enum {string} */
                        type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        types: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        acknowledgedAt?: string;
                        /** @description In a message that names several alerts: the others, gravest first */
                        also?: {
                            id: string;
                            /** Format: date-time */
                            openedAt: string;
                            residentId: string;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            summary: {
                                en: string;
                                zh: string;
                            };
                            suspected: boolean;
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        }[];
                        /** @description How many others: `also` may be cut */
                        alsoTotal?: number;
                        areaId: string;
                        assignee?: string;
                        /** @description What people call the assignee; for pages and apps, not in messages */
                        assigneeName?: string;
                        count: number;
                        deviceIds: string[];
                        evidence: {
                            [key: string]: unknown;
                        };
                        /** @description A drill or a test */
                        exercise?: boolean;
                        id: string;
                        late: boolean;
                        /** Format: date-time */
                        openedAt: string;
                        outcome?: string;
                        /** @description There is one: `GET /alerts/{id}/photo` */
                        photo?: boolean;
                        position?: {
                            accuracyM?: number;
                            lat: number;
                            lon: number;
                        };
                        rating?: number;
                        /** @description Whom it is about: a resident; `~{deviceId}`, a device of nobody; `@{areaId}` or `@{areaId}/{what}`, an area */
                        residentId: string;
                        /** Format: date-time */
                        resolvedAt?: string;
                        revision: number;
                        /** @enum {string} */
                        severity: "P1" | "P2" | "P3" | "P4" | "P5";
                        /** @description Id of the silence that covers it: nobody is told while it lasts */
                        silenced?: string;
                        /** @enum {string} */
                        state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                        summary: {
                            en: string;
                            zh: string;
                        };
                        suspected: boolean;
                        /** @enum {string} */
                        type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                        types: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                        /** Format: date-time */
                        updatedAt: string;
                    };
                };
            };
        };
    };
    putResidentsIdAway: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    until: string | null;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        until: string | null;
                    };
                };
            };
        };
    };
    putResidentsIdContactsOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ids: (string | string[])[];
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        address?: string;
                        areaId: string;
                        /** Format: date-time */
                        awayUntil?: string;
                        /** Format: date */
                        birthDate?: string;
                        building?: string;
                        cognitiveRisk?: boolean;
                        conditions?: string;
                        contacts: {
                            channels: {
                                address: string;
                                /** @enum {string} */
                                kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            }[];
                            id: string;
                            /** @enum {string} */
                            language?: "zh" | "en";
                            name: string;
                            /** @default 0 */
                            order: number;
                            phone?: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            userId?: string;
                        }[];
                        entry?: string;
                        hasPet?: boolean;
                        home: {
                            /** @enum {string} */
                            datum: "WGS84" | "GCJ02" | "BD09";
                            lat: number;
                            lon: number;
                        };
                        id: string;
                        /** Format: date-time */
                        lastContactAt?: string;
                        livesAlone?: boolean;
                        name: string;
                        notes?: string;
                        /** @enum {string} */
                        riskTier?: "red" | "orange" | "yellow" | "blue" | "green";
                        /** @enum {string} */
                        visitTier?: "red" | "orange" | "yellow" | "blue" | "green";
                        /** Format: date-time */
                        visitTierSince?: string;
                        vitals?: {
                            limits?: {
                                diastolicMmHg?: {
                                    high?: number;
                                    low?: number;
                                };
                                heartRateBpm?: {
                                    high?: number;
                                    low?: number;
                                };
                                respirationPerMin?: {
                                    high?: number;
                                    low?: number;
                                };
                                spo2Pct?: {
                                    high?: number;
                                    low?: number;
                                };
                                systolicMmHg?: {
                                    high?: number;
                                    low?: number;
                                };
                                temperatureC?: {
                                    high?: number;
                                    low?: number;
                                };
                            };
                            spo2Scale?: 1 | 2;
                        };
                    };
                };
            };
        };
    };
    getResidentsIdData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
        };
    };
    deleteResidentsIdData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    confirm: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at: string;
                        readonly counts: {
                            [key: string]: number;
                        };
                        digest: string;
                        readonly queued: string[];
                        rewritten: boolean;
                        salt: string;
                    };
                };
            };
        };
    };
    getResidentsIdEscalation: {
        parameters: {
            query?: {
                at?: string;
                severity?: "P1" | "P2" | "P3" | "P4" | "P5";
                type?: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            afterS: number;
                            /** Format: date-time */
                            at: string;
                            channels: ("webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log")[];
                            recipientId: string;
                            recipientName?: string;
                        }[];
                        policy: {
                            id: string;
                            name: string;
                        } | null;
                    };
                };
            };
        };
    };
    postResidentsIdEscalation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    at?: string;
                    policy: {
                        again?: {
                            afterS: number;
                            times: number;
                        };
                        areaId?: string;
                        id: string;
                        name: string;
                        quietHours?: {
                            from: string;
                            to: string;
                        };
                        residentId?: string;
                        severities?: ("P1" | "P2" | "P3" | "P4" | "P5")[];
                        steps: {
                            afterS: number;
                            channels?: ("webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log")[];
                            rosterId?: string;
                            /** @enum {string} */
                            target: "contacts" | "sameContacts" | "allContacts" | "responders" | "centre" | "users" | "roster";
                            userIds?: string[];
                        }[];
                        types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                    };
                    /**
                     * @default P1
                     * @enum {string}
                     */
                    severity?: "P1" | "P2" | "P3" | "P4" | "P5";
                    /**
                     * @default sos
                     * @enum {string}
                     */
                    type?: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            afterS: number;
                            /** Format: date-time */
                            at: string;
                            channels: ("webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log")[];
                            recipientId: string;
                            recipientName?: string;
                        }[];
                        policy: {
                            id: string;
                            name: string;
                        } | null;
                    };
                };
            };
        };
    };
    getResidentsIdLive: {
        parameters: {
            query?: {
                datum?: "WGS84" | "GCJ02" | "BD09";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alerts: {
                            /** Format: date-time */
                            acknowledgedAt?: string;
                            /** @description In a message that names several alerts: the others, gravest first */
                            also?: {
                                id: string;
                                /** Format: date-time */
                                openedAt: string;
                                residentId: string;
                                /** @enum {string} */
                                severity: "P1" | "P2" | "P3" | "P4" | "P5";
                                summary: {
                                    en: string;
                                    zh: string;
                                };
                                suspected: boolean;
                                /** @enum {string} */
                                type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                            }[];
                            /** @description How many others: `also` may be cut */
                            alsoTotal?: number;
                            areaId: string;
                            assignee?: string;
                            /** @description What people call the assignee; for pages and apps, not in messages */
                            assigneeName?: string;
                            count: number;
                            deviceIds: string[];
                            evidence: {
                                [key: string]: unknown;
                            };
                            /** @description A drill or a test */
                            exercise?: boolean;
                            id: string;
                            late: boolean;
                            /** Format: date-time */
                            openedAt: string;
                            outcome?: string;
                            /** @description There is one: `GET /alerts/{id}/photo` */
                            photo?: boolean;
                            position?: {
                                accuracyM?: number;
                                lat: number;
                                lon: number;
                            };
                            rating?: number;
                            /** @description Whom it is about: a resident; `~{deviceId}`, a device of nobody; `@{areaId}` or `@{areaId}/{what}`, an area */
                            residentId: string;
                            /** Format: date-time */
                            resolvedAt?: string;
                            revision: number;
                            /** @enum {string} */
                            severity: "P1" | "P2" | "P3" | "P4" | "P5";
                            /** @description Id of the silence that covers it: nobody is told while it lasts */
                            silenced?: string;
                            /** @enum {string} */
                            state: "open" | "acknowledged" | "enRoute" | "arrived" | "resolved";
                            summary: {
                                en: string;
                                zh: string;
                            };
                            suspected: boolean;
                            /** @enum {string} */
                            type: "sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver";
                            types: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                            /** Format: date-time */
                            updatedAt: string;
                        }[];
                        away?: {
                            /** Format: date-time */
                            backSince?: string;
                            /** Format: date-time */
                            until: string;
                        };
                        battery: {
                            ageS: number;
                            batteryPct: number;
                            deviceId: string;
                            /** Format: date-time */
                            t: string;
                        }[];
                        contactOpen?: {
                            ageS: number;
                            deviceId: string;
                            /** Format: date-time */
                            t: string;
                            value: boolean;
                        };
                        /** @enum {string} */
                        datum: "WGS84" | "GCJ02" | "BD09";
                        doubtful: boolean;
                        heard: {
                            ageS: number;
                            deviceId: string;
                            /** Format: date-time */
                            t: string;
                        }[];
                        heartRateBpm?: {
                            ageS: number;
                            deviceId: string;
                            /** Format: date-time */
                            t: string;
                            value: number;
                        };
                        home?: {
                            lat: number;
                            lon: number;
                        };
                        homeAnchor?: {
                            ageS: number;
                            deviceId: string;
                            /** Format: date-time */
                            t: string;
                            value: boolean;
                        };
                        /** Format: date-time */
                        lastHeardAt?: string;
                        /** Format: date-time */
                        now: string;
                        /** @enum {string} */
                        place: "home" | "zone" | "out" | "unknown";
                        position?: {
                            accuracyM?: number;
                            ageS: number;
                            deviceId: string;
                            lat: number;
                            lon: number;
                            source?: string;
                            /** Format: date-time */
                            t: string;
                        };
                        presence?: {
                            ageS: number;
                            deviceId: string;
                            motion: boolean;
                            room?: string;
                            /** Format: date-time */
                            t: string;
                        };
                        residentId: string;
                        sentence: {
                            en: string;
                            zh: string;
                        };
                        spo2Pct?: {
                            ageS: number;
                            deviceId: string;
                            /** Format: date-time */
                            t: string;
                            value: number;
                        };
                        steps?: {
                            ageS: number;
                            deviceId: string;
                            /** Format: date-time */
                            t: string;
                            value: number;
                        };
                        worn?: {
                            ageS: number;
                            deviceId: string;
                            /** Format: date-time */
                            t: string;
                            value: boolean;
                        };
                        zones: {
                            id: string;
                            /** @enum {string} */
                            kind: "safe" | "forbidden";
                            name: string;
                            shape: {
                                center: {
                                    lat: number;
                                    lon: number;
                                };
                                radiusM: number;
                                /** @enum {string} */
                                type: "circle";
                            } | {
                                coordinates: number[][][];
                                /** @enum {string} */
                                type: "Polygon";
                            } | {
                                coordinates: number[][][][];
                                /** @enum {string} */
                                type: "MultiPolygon";
                            };
                        }[];
                    };
                };
            };
        };
    };
    getResidentsIdNotices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            ageYears?: number;
                            alertId?: string;
                            by: string;
                            caseNumber: string;
                            clothing?: string;
                            consentBy: string;
                            /** Format: date-time */
                            endedAt?: string;
                            /** Format: date-time */
                            expiresAt: string;
                            hasPhoto: boolean;
                            heightCm?: number;
                            hotline: string;
                            id: string;
                            isUp: boolean;
                            lastSeen: {
                                /** Format: date-time */
                                at: string;
                                place?: string;
                                position: {
                                    lat: number;
                                    lon: number;
                                };
                            };
                            name: string;
                            /** Format: date-time */
                            publishedAt: string;
                            residentId: string;
                            ringM: number;
                            /** @enum {string} */
                            sex?: "female" | "male";
                            url: string;
                        }[];
                        nextCursor: null;
                    };
                };
            };
        };
    };
    postResidentsIdNotices: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    ageYears?: number;
                    caseNumber: string;
                    clothing?: string;
                    consentBy: string;
                    heightCm?: number;
                    hotline: string;
                    lastSeen: {
                        /** Format: date-time */
                        at: string;
                        place?: string;
                        position: {
                            lat: number;
                            lon: number;
                        };
                    };
                    photo?: string;
                    /** @enum {string} */
                    sex?: "female" | "male";
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ageYears?: number;
                        alertId?: string;
                        by: string;
                        caseNumber: string;
                        clothing?: string;
                        consentBy: string;
                        /** Format: date-time */
                        endedAt?: string;
                        /** Format: date-time */
                        expiresAt: string;
                        hasPhoto: boolean;
                        heightCm?: number;
                        hotline: string;
                        id: string;
                        isUp: boolean;
                        lastSeen: {
                            /** Format: date-time */
                            at: string;
                            place?: string;
                            position: {
                                lat: number;
                                lon: number;
                            };
                        };
                        name: string;
                        /** Format: date-time */
                        publishedAt: string;
                        residentId: string;
                        ringM: number;
                        /** @enum {string} */
                        sex?: "female" | "male";
                        url: string;
                    };
                };
            };
        };
    };
    getResidentsIdPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
        };
    };
    putResidentsIdPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteResidentsIdPhoto: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getResidentsIdReadings: {
        parameters: {
            query: {
                agg?: string;
                bucket?: string;
                cursor?: string;
                format?: "json" | "ndjson" | "csv";
                from?: string;
                limit?: number;
                metric: "batteryPct" | "signalDbm" | "steps" | "heartRateBpm" | "spo2Pct" | "systolicMmHg" | "diastolicMmHg" | "temperatureC" | "respirationPerMin" | "motion" | "contactOpen" | "smoke" | "gas" | "worn" | "charging" | "homeAnchor" | "online";
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            deviceId: string;
                            /** Format: date-time */
                            t: string;
                            value: number;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    } | {
                        items: {
                            count?: number;
                            last?: number;
                            max?: number;
                            mean?: number;
                            min?: number;
                            /** Format: date-time */
                            t: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                    "application/x-ndjson": {
                        items: {
                            deviceId: string;
                            /** Format: date-time */
                            t: string;
                            value: number;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    } | {
                        items: {
                            count?: number;
                            last?: number;
                            max?: number;
                            mean?: number;
                            min?: number;
                            /** Format: date-time */
                            t: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                    "text/csv; charset=utf-8": {
                        items: {
                            deviceId: string;
                            /** Format: date-time */
                            t: string;
                            value: number;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    } | {
                        items: {
                            count?: number;
                            last?: number;
                            max?: number;
                            mean?: number;
                            min?: number;
                            /** Format: date-time */
                            t: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    getResidentsIdShares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            by: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            id: string;
                            isOpen: boolean;
                            name: string;
                            note?: string;
                            /** Format: date-time */
                            openedAt?: string;
                            openings: number;
                            /** Format: date-time */
                            revokedAt?: string;
                        }[];
                        nextCursor: null;
                    };
                };
            };
        };
    };
    postResidentsIdShares: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default 4 */
                    hours?: number;
                    name?: string;
                    note?: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        by: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        id: string;
                        isOpen: boolean;
                        name: string;
                        note?: string;
                        /** Format: date-time */
                        openedAt?: string;
                        openings: number;
                        /** Format: date-time */
                        revokedAt?: string;
                        url: string;
                    };
                };
            };
        };
    };
    getResidentsIdTrack: {
        parameters: {
            query?: {
                cursor?: string;
                datum?: "WGS84" | "GCJ02" | "BD09";
                format?: "json" | "ndjson" | "geojson" | "gpx" | "csv";
                from?: string;
                limit?: number;
                simplifyM?: number;
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/geo+json": {
                        /** @enum {string} */
                        datum?: "WGS84" | "GCJ02" | "BD09";
                        items: {
                            accuracyM?: number;
                            deviceId: string;
                            lat: number;
                            lon: number;
                            /** Format: date-time */
                            t: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                    "application/gpx+xml": {
                        /** @enum {string} */
                        datum?: "WGS84" | "GCJ02" | "BD09";
                        items: {
                            accuracyM?: number;
                            deviceId: string;
                            lat: number;
                            lon: number;
                            /** Format: date-time */
                            t: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                    "application/json": {
                        /** @enum {string} */
                        datum?: "WGS84" | "GCJ02" | "BD09";
                        items: {
                            accuracyM?: number;
                            deviceId: string;
                            lat: number;
                            lon: number;
                            /** Format: date-time */
                            t: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                    "application/x-ndjson": {
                        /** @enum {string} */
                        datum?: "WGS84" | "GCJ02" | "BD09";
                        items: {
                            accuracyM?: number;
                            deviceId: string;
                            lat: number;
                            lon: number;
                            /** Format: date-time */
                            t: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                    "text/csv; charset=utf-8": {
                        /** @enum {string} */
                        datum?: "WGS84" | "GCJ02" | "BD09";
                        items: {
                            accuracyM?: number;
                            deviceId: string;
                            lat: number;
                            lon: number;
                            /** Format: date-time */
                            t: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    getResidentsIdVisits: {
        parameters: {
            query?: {
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            at: string;
                            by: string;
                            byName?: string;
                            id: string;
                            /** @enum {string} */
                            kind: "visit" | "phone" | "video";
                            note?: string;
                            /** @enum {string} */
                            outcome: "well" | "needsHelp" | "notReached";
                            /** Format: date-time */
                            recordedAt: string;
                            residentId: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    postResidentsIdVisits: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    at?: string;
                    id?: string;
                    /** @enum {string} */
                    kind: "visit" | "phone" | "video";
                    note?: string;
                    /** @enum {string} */
                    outcome: "well" | "needsHelp" | "notReached";
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at: string;
                        by: string;
                        byName?: string;
                        id: string;
                        /** @enum {string} */
                        kind: "visit" | "phone" | "video";
                        note?: string;
                        /** @enum {string} */
                        outcome: "well" | "needsHelp" | "notReached";
                        /** Format: date-time */
                        recordedAt: string;
                        residentId: string;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        at: string;
                        by: string;
                        byName?: string;
                        id: string;
                        /** @enum {string} */
                        kind: "visit" | "phone" | "video";
                        note?: string;
                        /** @enum {string} */
                        outcome: "well" | "needsHelp" | "notReached";
                        /** Format: date-time */
                        recordedAt: string;
                        residentId: string;
                    };
                };
            };
        };
    };
    deleteResidentsIdVisitsVisitId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                visitId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        days: {
                            alerts: number;
                            audit: number;
                            device: number;
                            motion: number;
                            positions: number;
                            vitals: number;
                        };
                    };
                };
            };
        };
    };
    getRosters: {
        parameters: {
            query?: {
                cursor?: string;
                ids?: string;
                limit?: number;
                q?: string;
                resident?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            areaId: string;
                            id: string;
                            name: string;
                            /** @default [] */
                            overrides: {
                                /** Format: date-time */
                                from: string;
                                insteadOf?: string;
                                /** Format: date-time */
                                to: string;
                                userId?: string;
                            }[];
                            /** @default [] */
                            rotations: {
                                everyDays: number;
                                handOverAt: string;
                                hours?: {
                                    from: string;
                                    to: string;
                                };
                                /** Format: date */
                                startsOn: string;
                                userIds: string[];
                            }[];
                            /** @default [] */
                            shifts: {
                                days: number[];
                                from: string;
                                to: string;
                                userId: string;
                            }[];
                            /** @default [] */
                            specialDays: {
                                as: number;
                                /** Format: date */
                                date: string;
                            }[];
                            timeZone?: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    postRosters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    areaId: string;
                    id: string;
                    name: string;
                    /** @default [] */
                    overrides?: {
                        /** Format: date-time */
                        from: string;
                        insteadOf?: string;
                        /** Format: date-time */
                        to: string;
                        userId?: string;
                    }[];
                    /** @default [] */
                    rotations?: {
                        everyDays: number;
                        handOverAt: string;
                        hours?: {
                            from: string;
                            to: string;
                        };
                        /** Format: date */
                        startsOn: string;
                        userIds: string[];
                    }[];
                    /** @default [] */
                    shifts?: {
                        days: number[];
                        from: string;
                        to: string;
                        userId: string;
                    }[];
                    /** @default [] */
                    specialDays?: {
                        as: number;
                        /** Format: date */
                        date: string;
                    }[];
                    timeZone?: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId: string;
                        /** @description Of the area, within 7 days: nobody is on duty then */
                        gaps: {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                            userIds: string[];
                        }[];
                        id: string;
                        name: string;
                        /** @default [] */
                        overrides: {
                            /** Format: date-time */
                            from: string;
                            insteadOf?: string;
                            /** Format: date-time */
                            to: string;
                            userId?: string;
                        }[];
                        /** @default [] */
                        rotations: {
                            everyDays: number;
                            handOverAt: string;
                            hours?: {
                                from: string;
                                to: string;
                            };
                            /** Format: date */
                            startsOn: string;
                            userIds: string[];
                        }[];
                        /** @default [] */
                        shifts: {
                            days: number[];
                            from: string;
                            to: string;
                            userId: string;
                        }[];
                        /** @default [] */
                        specialDays: {
                            as: number;
                            /** Format: date */
                            date: string;
                        }[];
                        timeZone?: string;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId: string;
                        /** @description Of the area, within 7 days: nobody is on duty then */
                        gaps: {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                            userIds: string[];
                        }[];
                        id: string;
                        name: string;
                        /** @default [] */
                        overrides: {
                            /** Format: date-time */
                            from: string;
                            insteadOf?: string;
                            /** Format: date-time */
                            to: string;
                            userId?: string;
                        }[];
                        /** @default [] */
                        rotations: {
                            everyDays: number;
                            handOverAt: string;
                            hours?: {
                                from: string;
                                to: string;
                            };
                            /** Format: date */
                            startsOn: string;
                            userIds: string[];
                        }[];
                        /** @default [] */
                        shifts: {
                            days: number[];
                            from: string;
                            to: string;
                            userId: string;
                        }[];
                        /** @default [] */
                        specialDays: {
                            as: number;
                            /** Format: date */
                            date: string;
                        }[];
                        timeZone?: string;
                    };
                };
            };
        };
    };
    getRostersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId: string;
                        id: string;
                        name: string;
                        /** @default [] */
                        overrides: {
                            /** Format: date-time */
                            from: string;
                            insteadOf?: string;
                            /** Format: date-time */
                            to: string;
                            userId?: string;
                        }[];
                        /** @default [] */
                        rotations: {
                            everyDays: number;
                            handOverAt: string;
                            hours?: {
                                from: string;
                                to: string;
                            };
                            /** Format: date */
                            startsOn: string;
                            userIds: string[];
                        }[];
                        /** @default [] */
                        shifts: {
                            days: number[];
                            from: string;
                            to: string;
                            userId: string;
                        }[];
                        /** @default [] */
                        specialDays: {
                            as: number;
                            /** Format: date */
                            date: string;
                        }[];
                        timeZone?: string;
                    };
                };
            };
        };
    };
    deleteRostersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchRostersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    areaId?: string;
                    id?: string;
                    name?: string;
                    overrides?: {
                        /** Format: date-time */
                        from: string;
                        insteadOf?: string;
                        /** Format: date-time */
                        to: string;
                        userId?: string;
                    }[];
                    rotations?: {
                        everyDays: number;
                        handOverAt: string;
                        hours?: {
                            from: string;
                            to: string;
                        };
                        /** Format: date */
                        startsOn: string;
                        userIds: string[];
                    }[];
                    shifts?: {
                        days: number[];
                        from: string;
                        to: string;
                        userId: string;
                    }[];
                    specialDays?: {
                        as: number;
                        /** Format: date */
                        date: string;
                    }[];
                    timeZone?: string | null;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId: string;
                        /** @description Of the area, within 7 days: nobody is on duty then */
                        gaps: {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                            userIds: string[];
                        }[];
                        id: string;
                        name: string;
                        /** @default [] */
                        overrides: {
                            /** Format: date-time */
                            from: string;
                            insteadOf?: string;
                            /** Format: date-time */
                            to: string;
                            userId?: string;
                        }[];
                        /** @default [] */
                        rotations: {
                            everyDays: number;
                            handOverAt: string;
                            hours?: {
                                from: string;
                                to: string;
                            };
                            /** Format: date */
                            startsOn: string;
                            userIds: string[];
                        }[];
                        /** @default [] */
                        shifts: {
                            days: number[];
                            from: string;
                            to: string;
                            userId: string;
                        }[];
                        /** @default [] */
                        specialDays: {
                            as: number;
                            /** Format: date */
                            date: string;
                        }[];
                        timeZone?: string;
                    };
                };
            };
        };
    };
    getRostersIdDuty: {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        duties: {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                            userIds: string[];
                        }[];
                        gaps: {
                            /** Format: date-time */
                            from: string;
                            /** Format: date-time */
                            to: string;
                            userIds: string[];
                        }[];
                    };
                };
            };
        };
    };
    postSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    username: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        expiresAt: string;
                        token: string;
                        user: {
                            areaId?: string;
                            channels?: {
                                address: string;
                                /** @enum {string} */
                                kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            }[];
                            id: string;
                            /** @enum {string} */
                            language?: "zh" | "en";
                            name?: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            residentIds?: string[];
                            /** @enum {string} */
                            role: "admin" | "operator" | "responder" | "family" | "viewer";
                            username: string;
                        };
                    };
                };
            };
        };
    };
    deleteSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteSharesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getSharesToken: {
        parameters: {
            query?: {
                datum?: "WGS84" | "GCJ02" | "BD09";
            };
            header?: never;
            path: {
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        datum: "WGS84" | "GCJ02" | "BD09";
                        /** Format: date-time */
                        expiresAt: string;
                        name: string;
                        /** Format: date-time */
                        now: string;
                        position?: {
                            accuracyM?: number;
                            ageS: number;
                            lat: number;
                            lon: number;
                            /** Format: date-time */
                            t: string;
                        };
                    };
                };
            };
        };
    };
    getSilences: {
        parameters: {
            query?: {
                cursor?: string;
                ids?: string;
                limit?: number;
                q?: string;
                resident?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            areaId?: string;
                            by?: string;
                            deviceId?: string;
                            exercise?: boolean;
                            /** Format: date-time */
                            from: string;
                            id: string;
                            reason: string;
                            residentId?: string;
                            tells?: boolean;
                            /** Format: date-time */
                            to: string;
                            types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    postSilences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    areaId?: string;
                    by?: string;
                    deviceId?: string;
                    exercise?: boolean;
                    /** Format: date-time */
                    from: string;
                    id: string;
                    reason: string;
                    residentId?: string;
                    tells?: boolean;
                    /** Format: date-time */
                    to: string;
                    types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId?: string;
                        by?: string;
                        deviceId?: string;
                        exercise?: boolean;
                        /** Format: date-time */
                        from: string;
                        id: string;
                        reason: string;
                        residentId?: string;
                        tells?: boolean;
                        /** Format: date-time */
                        to: string;
                        types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId?: string;
                        by?: string;
                        deviceId?: string;
                        exercise?: boolean;
                        /** Format: date-time */
                        from: string;
                        id: string;
                        reason: string;
                        residentId?: string;
                        tells?: boolean;
                        /** Format: date-time */
                        to: string;
                        types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                    };
                };
            };
        };
    };
    getSilencesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId?: string;
                        by?: string;
                        deviceId?: string;
                        exercise?: boolean;
                        /** Format: date-time */
                        from: string;
                        id: string;
                        reason: string;
                        residentId?: string;
                        tells?: boolean;
                        /** Format: date-time */
                        to: string;
                        types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                    };
                };
            };
        };
    };
    deleteSilencesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchSilencesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    areaId?: string | null;
                    by?: string | null;
                    deviceId?: string | null;
                    exercise?: boolean | null;
                    /** Format: date-time */
                    from?: string;
                    id?: string;
                    reason?: string;
                    residentId?: string | null;
                    tells?: boolean | null;
                    /** Format: date-time */
                    to?: string;
                    types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[] | null;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId?: string;
                        by?: string;
                        deviceId?: string;
                        exercise?: boolean;
                        /** Format: date-time */
                        from: string;
                        id: string;
                        reason: string;
                        residentId?: string;
                        tells?: boolean;
                        /** Format: date-time */
                        to: string;
                        types?: ("sos" | "smoke" | "gas" | "fall" | "zoneExit" | "zoneEnterForbidden" | "wandering" | "inactivity" | "awayTooLong" | "vitals" | "contactLost" | "deviceOffline" | "batteryLow" | "tamper" | "notWorn" | "areaOutage" | "visitOverdue" | "missing" | "dutyGap" | "shiftHandOver")[];
                    };
                };
            };
        };
    };
    getStream: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
        };
    };
    getUsers: {
        parameters: {
            query?: {
                cursor?: string;
                ids?: string;
                limit?: number;
                q?: string;
                resident?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            areaId?: string;
                            channels?: {
                                address: string;
                                /** @enum {string} */
                                kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                            }[];
                            id: string;
                            /** @enum {string} */
                            language?: "zh" | "en";
                            name?: string;
                            quietHours?: {
                                from: string;
                                to: string;
                            };
                            residentIds?: string[];
                            /** @enum {string} */
                            role: "admin" | "operator" | "responder" | "family" | "viewer";
                            username: string;
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    postUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    areaId?: string;
                    channels?: {
                        address: string;
                        /** @enum {string} */
                        kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                        secret?: string;
                    }[];
                    id: string;
                    /** @enum {string} */
                    language?: "zh" | "en";
                    name?: string;
                    password?: string;
                    quietHours?: {
                        from: string;
                        to: string;
                    };
                    residentIds?: string[];
                    /** @enum {string} */
                    role: "admin" | "operator" | "responder" | "family" | "viewer";
                    username: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId?: string;
                        channels?: {
                            address: string;
                            /** @enum {string} */
                            kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                        }[];
                        id: string;
                        /** @enum {string} */
                        language?: "zh" | "en";
                        name?: string;
                        quietHours?: {
                            from: string;
                            to: string;
                        };
                        residentIds?: string[];
                        /** @enum {string} */
                        role: "admin" | "operator" | "responder" | "family" | "viewer";
                        username: string;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId?: string;
                        channels?: {
                            address: string;
                            /** @enum {string} */
                            kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                        }[];
                        id: string;
                        /** @enum {string} */
                        language?: "zh" | "en";
                        name?: string;
                        quietHours?: {
                            from: string;
                            to: string;
                        };
                        residentIds?: string[];
                        /** @enum {string} */
                        role: "admin" | "operator" | "responder" | "family" | "viewer";
                        username: string;
                    };
                };
            };
        };
    };
    getUsersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId?: string;
                        channels?: {
                            address: string;
                            /** @enum {string} */
                            kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                        }[];
                        id: string;
                        /** @enum {string} */
                        language?: "zh" | "en";
                        name?: string;
                        quietHours?: {
                            from: string;
                            to: string;
                        };
                        residentIds?: string[];
                        /** @enum {string} */
                        role: "admin" | "operator" | "responder" | "family" | "viewer";
                        username: string;
                    };
                };
            };
        };
    };
    deleteUsersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchUsersId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    areaId?: string | null;
                    channels?: {
                        address: string;
                        /** @enum {string} */
                        kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                        secret?: string;
                    }[] | null;
                    id?: string;
                    language?: ("zh" | "en") | null;
                    name?: string | null;
                    password?: string | null;
                    quietHours?: {
                        from: string;
                        to: string;
                    } | null;
                    residentIds?: string[] | null;
                    /** @enum {string} */
                    role?: "admin" | "operator" | "responder" | "family" | "viewer";
                    username?: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId?: string;
                        channels?: {
                            address: string;
                            /** @enum {string} */
                            kind: "webhook" | "email" | "webPush" | "dingtalk" | "feishu" | "wecom" | "sms" | "voice" | "ntfy" | "mqtt" | "sse" | "log";
                        }[];
                        id: string;
                        /** @enum {string} */
                        language?: "zh" | "en";
                        name?: string;
                        quietHours?: {
                            from: string;
                            to: string;
                        };
                        residentIds?: string[];
                        /** @enum {string} */
                        role: "admin" | "operator" | "responder" | "family" | "viewer";
                        username: string;
                    };
                };
            };
        };
    };
    getUsersIdDisplays: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            by: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            id: string;
                            name: string;
                        }[];
                        nextCursor: null;
                    };
                };
            };
        };
    };
    postUsersIdDisplays: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        by: string;
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt: string;
                        id: string;
                        name: string;
                        url: string;
                    };
                };
            };
        };
    };
    getVisits: {
        parameters: {
            query?: {
                area?: string;
                cursor?: string;
                due?: "today" | "overdue";
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            /** Format: date-time */
                            awayUntil?: string;
                            /** Format: date-time */
                            dueAt: string;
                            /** Format: date-time */
                            lastContactAt?: string;
                            /** Format: date-time */
                            overdueAt: string;
                            /** Format: date-time */
                            plannedSince: string;
                            resident: {
                                address?: string;
                                areaId: string;
                                id: string;
                                name: string;
                            };
                            /**
                             * @description `due`: today is the day, or the days of grace run
                             * @enum {string}
                             */
                            state: "notDue" | "due" | "overdue";
                            /** @enum {string} */
                            tier: "red" | "orange" | "yellow" | "blue" | "green";
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    getZones: {
        parameters: {
            query?: {
                cursor?: string;
                ids?: string;
                limit?: number;
                q?: string;
                resident?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            areaId?: string;
                            /** @enum {string} */
                            datum: "WGS84" | "GCJ02" | "BD09";
                            id: string;
                            /** @enum {string} */
                            kind: "safe" | "forbidden";
                            name: string;
                            residentId?: string;
                            schedule?: {
                                days?: number[];
                                from: string;
                                to: string;
                            };
                            shape: {
                                center: {
                                    lat: number;
                                    lon: number;
                                };
                                radiusM: number;
                                /** @enum {string} */
                                type: "circle";
                            } | {
                                coordinates: number[][][];
                                /** @enum {string} */
                                type: "Polygon";
                            } | {
                                coordinates: number[][][][];
                                /** @enum {string} */
                                type: "MultiPolygon";
                            };
                        }[];
                        nextCursor: string | null;
                        total?: number;
                    };
                };
            };
        };
    };
    postZones: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    areaId?: string;
                    /** @enum {string} */
                    datum: "WGS84" | "GCJ02" | "BD09";
                    id: string;
                    /** @enum {string} */
                    kind: "safe" | "forbidden";
                    name: string;
                    residentId?: string;
                    schedule?: {
                        days?: number[];
                        from: string;
                        to: string;
                    };
                    shape: {
                        center: {
                            lat: number;
                            lon: number;
                        };
                        radiusM: number;
                        /** @enum {string} */
                        type: "circle";
                    } | {
                        coordinates: number[][][];
                        /** @enum {string} */
                        type: "Polygon";
                    } | {
                        coordinates: number[][][][];
                        /** @enum {string} */
                        type: "MultiPolygon";
                    };
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId?: string;
                        /** @enum {string} */
                        datum: "WGS84" | "GCJ02" | "BD09";
                        id: string;
                        /** @enum {string} */
                        kind: "safe" | "forbidden";
                        name: string;
                        residentId?: string;
                        schedule?: {
                            days?: number[];
                            from: string;
                            to: string;
                        };
                        shape: {
                            center: {
                                lat: number;
                                lon: number;
                            };
                            radiusM: number;
                            /** @enum {string} */
                            type: "circle";
                        } | {
                            coordinates: number[][][];
                            /** @enum {string} */
                            type: "Polygon";
                        } | {
                            coordinates: number[][][][];
                            /** @enum {string} */
                            type: "MultiPolygon";
                        };
                    };
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId?: string;
                        /** @enum {string} */
                        datum: "WGS84" | "GCJ02" | "BD09";
                        id: string;
                        /** @enum {string} */
                        kind: "safe" | "forbidden";
                        name: string;
                        residentId?: string;
                        schedule?: {
                            days?: number[];
                            from: string;
                            to: string;
                        };
                        shape: {
                            center: {
                                lat: number;
                                lon: number;
                            };
                            radiusM: number;
                            /** @enum {string} */
                            type: "circle";
                        } | {
                            coordinates: number[][][];
                            /** @enum {string} */
                            type: "Polygon";
                        } | {
                            coordinates: number[][][][];
                            /** @enum {string} */
                            type: "MultiPolygon";
                        };
                    };
                };
            };
        };
    };
    getZonesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId?: string;
                        /** @enum {string} */
                        datum: "WGS84" | "GCJ02" | "BD09";
                        id: string;
                        /** @enum {string} */
                        kind: "safe" | "forbidden";
                        name: string;
                        residentId?: string;
                        schedule?: {
                            days?: number[];
                            from: string;
                            to: string;
                        };
                        shape: {
                            center: {
                                lat: number;
                                lon: number;
                            };
                            radiusM: number;
                            /** @enum {string} */
                            type: "circle";
                        } | {
                            coordinates: number[][][];
                            /** @enum {string} */
                            type: "Polygon";
                        } | {
                            coordinates: number[][][][];
                            /** @enum {string} */
                            type: "MultiPolygon";
                        };
                    };
                };
            };
        };
    };
    deleteZonesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    patchZonesId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    areaId?: string | null;
                    /** @enum {string} */
                    datum?: "WGS84" | "GCJ02" | "BD09";
                    id?: string;
                    /** @enum {string} */
                    kind?: "safe" | "forbidden";
                    name?: string;
                    residentId?: string | null;
                    schedule?: {
                        days?: number[];
                        from: string;
                        to: string;
                    } | null;
                    shape?: {
                        center: {
                            lat: number;
                            lon: number;
                        };
                        radiusM: number;
                        /** @enum {string} */
                        type: "circle";
                    } | {
                        coordinates: number[][][];
                        /** @enum {string} */
                        type: "Polygon";
                    } | {
                        coordinates: number[][][][];
                        /** @enum {string} */
                        type: "MultiPolygon";
                    };
                };
            };
        };
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        areaId?: string;
                        /** @enum {string} */
                        datum: "WGS84" | "GCJ02" | "BD09";
                        id: string;
                        /** @enum {string} */
                        kind: "safe" | "forbidden";
                        name: string;
                        residentId?: string;
                        schedule?: {
                            days?: number[];
                            from: string;
                            to: string;
                        };
                        shape: {
                            center: {
                                lat: number;
                                lon: number;
                            };
                            radiusM: number;
                            /** @enum {string} */
                            type: "circle";
                        } | {
                            coordinates: number[][][];
                            /** @enum {string} */
                            type: "Polygon";
                        } | {
                            coordinates: number[][][][];
                            /** @enum {string} */
                            type: "MultiPolygon";
                        };
                    };
                };
            };
        };
    };
    getHealthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checks?: {
                            [key: string]: string;
                        };
                        /** @enum {string} */
                        status: "ok" | "failing";
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checks?: {
                            [key: string]: string;
                        };
                        /** @enum {string} */
                        status: "ok" | "failing";
                    };
                };
            };
        };
    };
    getHealthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checks?: {
                            [key: string]: string;
                        };
                        /** @enum {string} */
                        status: "ok" | "failing";
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        checks?: {
                            [key: string]: string;
                        };
                        /** @enum {string} */
                        status: "ok" | "failing";
                    };
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was wrong, in words. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": {
                        detail: string;
                        errors?: {
                            path: string;
                            reason: string;
                        }[];
                        status: number;
                        title: string;
                        type: string;
                    };
                };
            };
        };
    };
}
