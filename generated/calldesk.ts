/**
 * Types of openapi/calldesk.yaml, made by openapi-typescript. Do not edit: `npm run generate` writes this file anew.
 */

export interface paths {
    "/api/v1/voice/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Place a call
         * @description Queues a call and answers it with its id and links. The call goes on by itself from there.
         */
        post: operations["createCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/voice/calls/{call_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The call's id, as the create response returned it.
                 * @example call_cm1abc2def3gh4
                 */
                call_id: components["parameters"]["CallId"];
            };
            cookie?: never;
        };
        /**
         * Get a call
         * @description Answers the call as it was placed, with its present status.
         */
        get: operations["getCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/voice/calls/{call_id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The call's id, as the create response returned it.
                 * @example call_cm1abc2def3gh4
                 */
                call_id: components["parameters"]["CallId"];
            };
            cookie?: never;
        };
        /**
         * Get a call's status
         * @description Answers how far the call is. The status moves on by itself.
         */
        get: operations["getCallStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/voice/calls/{call_id}/recordings": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The call's id, as the create response returned it.
                 * @example call_cm1abc2def3gh4
                 */
                call_id: components["parameters"]["CallId"];
            };
            cookie?: never;
        };
        /**
         * List a call's recordings
         * @description Answers the recordings of one call; none for a call that is not recorded or not over.
         */
        get: operations["listCallRecordings"];
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
    schemas: {
        /** @description What a client sends to place a call. */
        CreateCall: {
            /** @description The phone number to display, in E.164 format. It must be verified for the account. */
            caller_id: string;
            /** @description The phone number to call, in E.164 format. Numbers that are sent while testing are fictional. */
            destination: string;
            /**
             * @description Whether both sides of the call are recorded.
             * @default false
             */
            record?: boolean;
            /**
             * @description The voice effect; null for none.
             * @enum {string|null}
             */
            voice_changer_uid?: "male" | "female" | null;
            /**
             * @description The caller's own key/value pairs, stored with the call and passed through. At most 10 keys.
             * @default {}
             */
            metadata?: {
                [key: string]: string;
            };
        };
        /** @description A call as it is read back. Other fields may stand beside these. */
        Call: {
            /** @description The server's name for the call. */
            readonly call_id: string;
            /** @description How far the call is; `queued` at first. It moves on by itself. */
            status: string;
            /** @description The phone number that is displayed. */
            caller_id: string;
            /** @description The phone number that is called. */
            destination: string;
            /** @description The voice effect, where the server returns it. */
            voice_changer_uid?: string | null;
            /**
             * Format: date-time
             * @description When the call was placed. It never changes.
             */
            readonly created_at: string;
            /** @description Whether the call is recorded. */
            recording: {
                /** @description Equals the request's `record`; false when that was left out. */
                enabled: boolean;
            };
            /** @description The request's `metadata`, unchanged. Empty, null or absent when none was sent. */
            metadata?: Record<string, never> | null;
            /** @description Where the call can be followed, relative to the origin or absolute. */
            links: {
                /**
                 * Format: uri-reference
                 * @description The call itself.
                 */
                self: string;
                /**
                 * Format: uri-reference
                 * @description Its status.
                 */
                status: string;
                /**
                 * Format: uri-reference
                 * @description Its recordings.
                 */
                recordings: string;
            };
        };
        /** @description How far one call is. */
        CallProgress: {
            /** @description The call. */
            call_id: string;
            /** @description How far it is. */
            status: string;
        };
        /** @description The recordings of one call. */
        CallRecordings: {
            /** @description The call. */
            call_id: string;
            /** @description One entry per recording, in whichever form the server returns it. */
            recordings?: unknown[] | null;
        };
        /** @description A sentence for people; its text is free. */
        ErrorMessage: string;
        /** @description What is wrong with each offending field, by the field's name. */
        ErrorFields: {
            [key: string]: string;
        } | null;
        /** @description A refusal with a code that the vendor's table does not tie to the status. */
        Error: {
            error: {
                code: string;
                message: components["schemas"]["ErrorMessage"];
                fields?: components["schemas"]["ErrorFields"];
            };
        };
        /** @description A refusal for a rule that the request breaks. */
        ValidationError: {
            error: {
                /** @constant */
                code: "validation_error";
                message: components["schemas"]["ErrorMessage"];
                fields?: components["schemas"]["ErrorFields"];
            };
        };
        /** @description A refusal for want of a valid API key. */
        UnauthorizedError: {
            error: {
                /** @constant */
                code: "unauthorized";
                message: components["schemas"]["ErrorMessage"];
            };
        };
        /** @description A refusal because the API key may not use this. */
        ForbiddenError: {
            error: {
                /** @constant */
                code: "forbidden";
                message: components["schemas"]["ErrorMessage"];
            };
        };
        /** @description A refusal because nothing has this id. */
        NotFoundError: {
            error: {
                /** @constant */
                code: "not_found";
                message: components["schemas"]["ErrorMessage"];
            };
        };
        /** @description A failure of the server. */
        InternalError: {
            error: {
                /** @constant */
                code: "internal_error";
                message: components["schemas"]["ErrorMessage"];
            };
        };
        /**
         * @description A refusal because the key already made a call. Where the original's `call_id` stands is open, so no property is declared
         *     for it.
         */
        IdempotencyConflictError: {
            error: {
                /** @constant */
                code: "idempotency_conflict";
                message: components["schemas"]["ErrorMessage"];
            } & {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /** @description A refusal of the caller id. */
        CallerIdError: {
            error: {
                /** @enum {string} */
                code: "caller_id_not_verified" | "validation_error";
                message: components["schemas"]["ErrorMessage"];
                fields?: components["schemas"]["ErrorFields"];
            };
        };
    };
    responses: {
        /** @description The call is queued. The vendor's page shows this body and no status. */
        CallQueued: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Call"];
            };
        };
        /** @description The call. */
        CallFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Call"];
            };
        };
        /** @description How far the call is. */
        CallStatusFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CallProgress"];
            };
        };
        /** @description The call's recordings. */
        CallRecordingsFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CallRecordings"];
            };
        };
        /** @description The request breaks a rule of this contract; nothing was placed. */
        ValidationError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ValidationError"];
            };
        };
        /** @description The id has a shape that no call has. 404 is right as well. */
        BadCallId: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ValidationError"];
            };
        };
        /** @description No API key, or one that is not valid. */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["UnauthorizedError"];
            };
        };
        /** @description The API key may not use this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ForbiddenError"];
            };
        };
        /** @description No call has this id. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["NotFoundError"];
            };
        };
        /** @description The key already made a call. The original's `call_id` stands in the body or in a header. */
        IdempotencyConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["IdempotencyConflictError"];
            };
        };
        /** @description The body is not declared as JSON. 400 is right as well. The vendor's table has no code for this status. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The caller id is not verified for the account, or is malformed and therefore not verified either. */
        CallerIdRefused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["CallerIdError"];
            };
        };
        /** @description The server failed. Nothing that can be sent may be answered with it. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InternalError"];
            };
        };
    };
    parameters: {
        /**
         * @description The call's id, as the create response returned it.
         * @example call_cm1abc2def3gh4
         */
        CallId: string;
        /**
         * @description A fresh UUID for each call that is meant; the same one when a request is repeated because its answer was lost.
         *     A key that is no UUID may be accepted or rejected.
         * @example 550e8400-e29b-41d4-a716-446655440000
         */
        IdempotencyKey: string;
    };
    requestBodies: {
        /** @description The call to place. */
        CreateCall: {
            content: {
                "application/json": components["schemas"]["CreateCall"];
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
    createCall: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A fresh UUID for each call that is meant; the same one when a request is repeated because its answer was lost.
                 *     A key that is no UUID may be accepted or rejected.
                 * @example 550e8400-e29b-41d4-a716-446655440000
                 */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["CreateCall"];
        responses: {
            201: components["responses"]["CallQueued"];
            400: components["responses"]["ValidationError"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["IdempotencyConflict"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["CallerIdRefused"];
            500: components["responses"]["InternalError"];
        };
    };
    getCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The call's id, as the create response returned it.
                 * @example call_cm1abc2def3gh4
                 */
                call_id: components["parameters"]["CallId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["CallFound"];
            400: components["responses"]["BadCallId"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    getCallStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The call's id, as the create response returned it.
                 * @example call_cm1abc2def3gh4
                 */
                call_id: components["parameters"]["CallId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["CallStatusFound"];
            400: components["responses"]["BadCallId"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
        };
    };
    listCallRecordings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The call's id, as the create response returned it.
                 * @example call_cm1abc2def3gh4
                 */
                call_id: components["parameters"]["CallId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["CallRecordingsFound"];
            400: components["responses"]["BadCallId"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalError"];
        };
    };
}
