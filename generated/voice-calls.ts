/**
 * Types of openapi/voice-calls.yaml, made by openapi-typescript. Do not edit: `npm run generate` writes this file anew.
 */

export interface paths {
    "/v3/communication/voice_calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List voice calls
         * @description Answers one page of the calls, the last updated first unless `sort` says otherwise. While nothing is written,
         *     walking the pages gives every call exactly once. What a page past the end and an unknown sort field answer is open.
         */
        get: operations["listVoiceCalls"];
        put?: never;
        /**
         * Create a voice call
         * @description Stores a new call and answers it with the values that the server adds. All eleven fields are required.
         *
         *     The verification record shows a service that accepts `external_uuid`, answers 201 and never passes it to its store.
         *     An answer alone is therefore no evidence: read the call again.
         */
        post: operations["createVoiceCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/communication/voice_calls/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The call's uid, as the create response returned it.
                 * @example vc_7f3a9b2c
                 */
                uid: components["parameters"]["VoiceCallUid"];
            };
            cookie?: never;
        };
        /**
         * Get a voice call
         * @description Answers the call as it was last written.
         */
        get: operations["getVoiceCall"];
        /**
         * Update a voice call
         * @description Replaces every field that it names. What it does not name (`uid`, `business_uid`, `created_at`) stays as it was.
         *     Sixteen fields are required; `handled_by_staff_uid` may be left out, and what leaving it out does to a value that
         *     was set before is open.
         */
        put: operations["updateVoiceCall"];
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
    schemas: {
        /** @description What a client sends to create a call. All eleven fields are required (create page). */
        CreateVoiceCall: {
            staff_uid: components["schemas"]["StaffUid"];
            client_uid: components["schemas"]["ClientUid"];
            /** @description The business for which the call is recorded; it must exist. */
            business_uid: string;
            from_number: components["schemas"]["PhoneNumber"];
            to_number: components["schemas"]["PhoneNumber"];
            direction: components["schemas"]["CallDirection"];
            status: components["schemas"]["CallStatus"];
            rate: components["schemas"]["Decimal"];
            provider: components["schemas"]["CallProvider"];
            source_id: components["schemas"]["SourceId"];
            external_uuid: components["schemas"]["ExternalUuid"];
        };
        /**
         * @description What a client sends to update a call: sixteen required fields and one optional (update page; the names are the vendor's
         *     OpenAPI file's). `business_uid` is not among them: a call never changes its business.
         */
        UpdateVoiceCall: {
            staff_uid: components["schemas"]["StaffUid"];
            client_uid: components["schemas"]["ClientUid"];
            from_number: components["schemas"]["PhoneNumber"];
            to_number: components["schemas"]["PhoneNumber"];
            direction: components["schemas"]["CallDirection"];
            status: components["schemas"]["CallStatus"];
            rate: components["schemas"]["Decimal"];
            price: components["schemas"]["Decimal"];
            provider: components["schemas"]["CallProvider"];
            source_id: components["schemas"]["SourceId"];
            /** @description How long the call took, in seconds. A number, not a text. */
            duration: number;
            /** @description What the call was about, for people to read. */
            call_summary: string;
            /**
             * Format: uri
             * @description Where the call can be seen in the app that made it.
             */
            external_app_url: string;
            /** @description Name of the app that made the call. */
            external_app_name: string;
            /** @description The provider's name for the recording. */
            recording_id: string;
            external_uuid: components["schemas"]["ExternalUuid"];
            /** @description The staff member who handled the call; the only optional field. */
            handled_by_staff_uid?: string;
        };
        /**
         * @description A call as it is read back: from the create response, from get, from the list, from the update response and from get and
         *     list after an update. Other fields may stand beside these.
         */
        VoiceCall: {
            /** @description The server's name for the call. */
            readonly uid: string;
            /** @description The staff member of the call. */
            staff_uid: string;
            /** @description The client of the call. */
            client_uid: string;
            /** @description The business of the call. The vendor's entity leaves it out; where it is present it never changes. */
            business_uid?: string | null;
            /** @description Who called. */
            from_number: string;
            /** @description Who was called. */
            to_number: string;
            direction: components["schemas"]["CallDirection"];
            status: components["schemas"]["CallStatus"];
            /** @description The call's price rate as a decimal text. `"0.10"` and `"0.1"` are the same rate. */
            rate?: string | null;
            /** @description Price of the whole call as a decimal text, once an update has set it. */
            price?: string | null;
            /** @description The call's provider. */
            provider?: string | null;
            /** @description The provider system's identifier of the call, byte for byte as it was written. */
            source_id: string;
            /**
             * @description An external identifier of the call, byte for byte as it was last written. This is the field that a published
             *     verification record saw accepted, answered with 201 and never stored.
             */
            external_uuid: string;
            /** @description Seconds that the call took; null or absent until an update has set it. */
            duration?: number | null;
            /** @description What the call was about; null or absent until an update has set it. */
            call_summary?: string | null;
            /** @description Where the call can be seen; null or absent until an update has set it. */
            external_app_url?: string | null;
            /** @description The app that made the call; null or absent until an update has set it. */
            external_app_name?: string | null;
            /** @description The provider's name for the recording. The vendor's entity leaves it out. */
            recording_id?: string | null;
            /** @description Who handled the call; null or absent until an update has set it. */
            handled_by_staff_uid?: string | null;
            /** @description When the call was handled. */
            handled_at?: string | null;
            /** @description When the call was deleted. */
            deleted_at?: string | null;
            /** @description How far the transcript is. */
            transcript_status?: string | null;
            /** @description The recording, in whichever form the server keeps it. */
            recording?: unknown;
            /**
             * Format: date-time
             * @description When the call was stored. It never changes.
             */
            readonly created_at: string;
            /**
             * Format: date-time
             * @description When the call was last written. It never goes back, and moves on with an update.
             */
            readonly updated_at: string;
        };
        /** @description A success with one call. */
        VoiceCallEnvelope: {
            /** @constant */
            success: true;
            data: components["schemas"]["VoiceCall"];
        };
        /** @description A success with one page of calls. */
        VoiceCallListEnvelope: {
            /** @constant */
            success: true;
            data: {
                voice_calls: components["schemas"]["VoiceCall"][];
            };
        };
        /** @description A refusal. */
        ErrorEnvelope: {
            /** @constant */
            success: false;
            errors: components["schemas"]["ErrorEntry"][];
        };
        /** @description One reason for the refusal. */
        ErrorEntry: {
            /** @description A short word for programs. */
            code: string;
            /** @description A sentence for people; its text is free. */
            message: string;
            /** @description The offending field of the request, where one field is to blame. */
            field?: string | null;
        };
        /** @description The staff member of the call, who must exist. */
        StaffUid: string;
        /** @description The client of the call, who must exist. */
        ClientUid: string;
        /**
         * @description A phone number in E.164 format: a plus sign, a country code that does not begin with 0, at most 15 digits, nothing
         *     else. Numbers that are sent while testing are fictional; the boundary lengths use country codes that no country has, 999 and 28.
         * @example +12125550147
         */
        PhoneNumber: string;
        /**
         * @description Which way the call went. Case-sensitive.
         *
         *     - `INBOUND`: to the business
         *     - `OUTBOUND`: from the business
         * @enum {string}
         */
        CallDirection: "INBOUND" | "OUTBOUND";
        /**
         * @description What became of the call. Case-sensitive.
         *
         *     - `INCOMING_CALL`: it is ringing
         *     - `ANSWERED_BY_STAFF`: staff picked up
         *     - `MISSED`: nobody answered
         *     - `ANSWERED_BY_CALLS_PROVIDER`: the provider's IVR took it
         *     - `MISSED_CALL_HANDLED`: a missed call was followed up
         *     - `VOICEMAIL_RECEIVED`: the caller left a voicemail (the vendor's OpenAPI file writes `VOICEMAIL`, both reference pages
         *       write `VOICEMAIL_RECEIVED`)
         * @enum {string}
         */
        CallStatus: "INCOMING_CALL" | "ANSWERED_BY_STAFF" | "MISSED" | "ANSWERED_BY_CALLS_PROVIDER" | "MISSED_CALL_HANDLED" | "VOICEMAIL_RECEIVED";
        /**
         * @description The call's provider. Only one is supported. Case-sensitive.
         * @enum {string}
         */
        CallProvider: "VONAGE";
        /**
         * @description An amount of money as a decimal **text**; `"0"` means free. A JSON number is refused ("Must be a string, not a number").
         *     That the text is a decimal is what the examples show.
         * @example 0.05
         * @example 0
         */
        Decimal: string;
        /**
         * @description The provider system's identifier of the call, said to be unique. Whether a server enforces that is open: it may refuse a
         *     repeat with a 4xx. The verification record calls it optional, the create page required.
         */
        SourceId: string;
        /**
         * @description An external identifier of the call, said to be unique as `source_id` is. Despite its name it need not be a UUID:
         *     `ext-call-001` is a published example. At most 255 characters, counted in code points; kept byte for byte.
         * @example ext-call-001
         * @example 4887af14-22b7-456a-a150-0198da784a28
         */
        ExternalUuid: string;
    };
    responses: {
        /** @description The call was stored. The verification record observed 201; the vendor's OpenAPI file says 200. */
        VoiceCallCreated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["VoiceCallEnvelope"];
            };
        };
        /** @description The call. */
        VoiceCallFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["VoiceCallEnvelope"];
            };
        };
        /** @description The call as it stands now. */
        VoiceCallUpdated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["VoiceCallEnvelope"];
            };
        };
        /** @description One page of calls. */
        VoiceCallPage: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["VoiceCallListEnvelope"];
            };
        };
        /** @description The request breaks a rule of this contract; nothing was written. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description A parameter breaks a rule of this contract. */
        BadListRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description The uid has a shape that no call has. 404 is right as well. */
        BadUid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description No token, or one that the server does not know. */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description The token's role may not do this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description No call has this uid. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
        /** @description The body is not declared as JSON. 400 is right as well. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorEnvelope"];
            };
        };
    };
    parameters: {
        /**
         * @description The call's uid, as the create response returned it.
         * @example vc_7f3a9b2c
         */
        VoiceCallUid: string;
        /**
         * @description Number of the page, counted from 1. A value that is outside or no number is answered with 400.
         * @example 1
         */
        Page: number;
        /**
         * @description The most calls that a page may hold. A value that is outside or no number is answered with 400.
         * @example 25
         */
        PerPage: number;
        /**
         * @description Fields to order by, the first one first, each with `asc` or `desc`. The reference server takes at most 10 of them, and 20
         *     filters, and answers 400 to more.
         */
        Sort: string;
        /**
         * @description Only the calls whose field has this value: `filter[status]=MISSED`. Ranges are written with one more pair of brackets
         *     (`filter[created_at][gt]=2026-11-01T00:00:00Z`), for which OpenAPI has no style of its own: `gt` for greater, `lt` for
         *     less; the bound itself lies outside.
         */
        Filter: {
            [key: string]: unknown;
        };
    };
    requestBodies: {
        /** @description The call to store. */
        CreateVoiceCall: {
            content: {
                "application/json": components["schemas"]["CreateVoiceCall"];
            };
        };
        /** @description The call as it is to stand from now on. */
        UpdateVoiceCall: {
            content: {
                "application/json": components["schemas"]["UpdateVoiceCall"];
            };
        };
    };
    headers: {
        /**
         * @description The scheme by which a client proves who it is (RFC 9110, section 11.6.1).
         * @example Bearer
         */
        WwwAuthenticate: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listVoiceCalls: {
        parameters: {
            query?: {
                /**
                 * @description Number of the page, counted from 1. A value that is outside or no number is answered with 400.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description The most calls that a page may hold. A value that is outside or no number is answered with 400.
                 * @example 25
                 */
                per_page?: components["parameters"]["PerPage"];
                /**
                 * @description Fields to order by, the first one first, each with `asc` or `desc`. The reference server takes at most 10 of them, and 20
                 *     filters, and answers 400 to more.
                 */
                sort?: components["parameters"]["Sort"];
                /**
                 * @description Only the calls whose field has this value: `filter[status]=MISSED`. Ranges are written with one more pair of brackets
                 *     (`filter[created_at][gt]=2026-11-01T00:00:00Z`), for which OpenAPI has no style of its own: `gt` for greater, `lt` for
                 *     less; the bound itself lies outside.
                 */
                filter?: components["parameters"]["Filter"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["VoiceCallPage"];
            400: components["responses"]["BadListRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    createVoiceCall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["CreateVoiceCall"];
        responses: {
            201: components["responses"]["VoiceCallCreated"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            415: components["responses"]["UnsupportedMediaType"];
        };
    };
    getVoiceCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The call's uid, as the create response returned it.
                 * @example vc_7f3a9b2c
                 */
                uid: components["parameters"]["VoiceCallUid"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["VoiceCallFound"];
            400: components["responses"]["BadUid"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
    updateVoiceCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The call's uid, as the create response returned it.
                 * @example vc_7f3a9b2c
                 */
                uid: components["parameters"]["VoiceCallUid"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["UpdateVoiceCall"];
        responses: {
            200: components["responses"]["VoiceCallUpdated"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            415: components["responses"]["UnsupportedMediaType"];
        };
    };
}
