/**
 * Types of openapi/aicaller.yaml, made by openapi-typescript. Do not edit: `npm run generate` writes this file anew.
 */

export interface paths {
    "/v1/phoneCalls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List phone calls
         * @description Answers every call, or those of one call template. The list has no pages. An unknown template has no calls.
         */
        get: operations["listPhoneCalls"];
        put?: never;
        /**
         * Make a phone call
         * @description Queues a call at once, or at the instant that `callDelayedUntil` names. Success is 200, not 201.
         */
        post: operations["createPhoneCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/phoneCalls/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The call's `_id`, as the create response returned it.
                 * @example 64b7f0a1c2d3e4f5a6b7c8e0
                 */
                id: components["parameters"]["PhoneCallId"];
            };
            cookie?: never;
        };
        /**
         * Get a phone call
         * @description Answers the call as it was made, with its present status.
         */
        get: operations["getPhoneCall"];
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
        /** @description What a client sends to make a call. */
        CreatePhoneCall: {
            /** @description The team that the call belongs to. The published file types it as an empty object; its example is a text. */
            teamId: string;
            /** @description The call template that the agent follows. */
            callTemplateId: string;
            /** @description The phone number to call from, by its id. */
            phoneNumberId?: string;
            /** @description The name of the human who is called. */
            nameOfHuman: string;
            fromPhoneNumber?: components["schemas"]["PhoneNumber"];
            toPhoneNumber: components["schemas"]["PhoneNumber"];
            /**
             * Format: email
             * @description Where to write to the human. That it is an e-mail address is what the example shows.
             */
            toEmailAddress?: string;
            status?: components["schemas"]["CallStatus"];
            /**
             * @description Who carries the call.
             * @enum {string}
             */
            telephonyProvider?: "twilio" | "plivo" | "telnyx";
            /** @description The values of the template's prompt variables, in their order; may be empty. */
            promptVariableValues: components["schemas"]["PromptVariableValue"][];
            /**
             * @description Whether the call is recorded.
             * @default false
             */
            record?: boolean;
            /**
             * Format: date-time
             * @description When to call; an instant in UTC, written with `Z`.
             */
            callDelayedUntil?: string;
            /** @description Who is notified of what becomes of the call. */
            phoneCallWebhooks?: components["schemas"]["PhoneCallWebhook"][];
        };
        /** @description A call as it is read back. Other fields may stand beside these. */
        PhoneCall: {
            /** @description The team that the call belongs to. */
            teamId: string;
            /** @description The call template that the agent follows. */
            callTemplateId: string;
            /** @description The phone number to call from. */
            phoneNumberId?: string | null;
            /** @description The name of the human who is called. */
            nameOfHuman: string;
            /** @description Who calls. */
            fromPhoneNumber?: string | null;
            /** @description Who is called. */
            toPhoneNumber: string;
            /** @description Where to write to the human. */
            toEmailAddress?: string | null;
            /**
             * @description How far the call is: one of the values of the request's `status`. It moves on by itself, so it is compared with what
             *     was sent in the create response only.
             * @enum {string|null}
             */
            status?: "queued" | "ringing" | "inProgress" | "busy" | "failed" | "noAnswer" | "cancelled" | "completed" | null;
            /**
             * @description Who carries the call.
             * @enum {string|null}
             */
            telephonyProvider?: "twilio" | "plivo" | "telnyx" | null;
            /** @description The values of the template's prompt variables, in the order in which they were sent. */
            promptVariableValues: {
                key: string;
                value: string;
            }[];
            /** @description Whether the call is recorded; false when the request left it out. */
            record?: boolean | null;
            /**
             * Format: date-time
             * @description When to call, as the same instant.
             */
            callDelayedUntil?: string | null;
            /** @description Who is notified of what becomes of the call. A `secret` may be masked or left out. */
            phoneCallWebhooks?: {
                url: string;
                subscribedEvent: string;
                secret?: string | null;
            }[] | null;
            /** @description The server's name for the call. */
            readonly _id: string;
            /**
             * Format: date-time
             * @description When the call was made. It never changes.
             */
            readonly createdAt: string;
            /**
             * Format: date-time
             * @description When the call last changed.
             */
            readonly updatedAt: string;
        };
        /** @description A success with one call. */
        PhoneCallEnvelope: {
            data: components["schemas"]["PhoneCall"];
        };
        /** @description A success with many calls. */
        PhoneCallListEnvelope: {
            data: components["schemas"]["PhoneCall"][];
        };
        /** @description A refusal. */
        Error: {
            error: {
                /** @description Equals the HTTP status. */
                statusCode: number;
                /** @description One sentence per reason; their text is free. */
                message: string[];
                /** @description The status in words. */
                error: string;
            };
            /** @description More about the refusal; often empty. */
            payload: {
                [key: string]: unknown;
            };
        };
        /**
         * @description A phone number. That it is in E.164 format is what the example shows, so refusing another text is a SHOULD.
         *     Numbers that are sent while testing are fictional; the boundary lengths use country codes that no country has, 999 and 28.
         */
        PhoneNumber: string;
        /**
         * @description How far the call is. The published file's text says `canceled`, its enum `cancelled`.
         * @enum {string}
         */
        CallStatus: "queued" | "ringing" | "inProgress" | "busy" | "failed" | "noAnswer" | "cancelled" | "completed";
        /** @description One value of a prompt variable. */
        PromptVariableValue: {
            /** @description The variable's name. */
            key: string;
            /** @description The variable's value. */
            value: string;
        };
        /** @description Whom to tell of an event. */
        PhoneCallWebhook: {
            /**
             * Format: uri
             * @description Where the event is sent. That it is a URI is what the example shows.
             */
            url: string;
            /**
             * @description The event's name. The published file shows one.
             * @example phoneCall.completed
             */
            subscribedEvent: string;
            /** @description A secret by which the receiver knows the sender; may be masked or left out when read back. */
            secret?: string;
        };
    };
    responses: {
        /** @description The call is queued. */
        PhoneCallCreated: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PhoneCallEnvelope"];
            };
        };
        /** @description The call. */
        PhoneCallFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PhoneCallEnvelope"];
            };
        };
        /** @description The calls. */
        PhoneCallList: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PhoneCallListEnvelope"];
            };
        };
        /** @description The request breaks a rule of this contract; no call was made. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description No API key, or one that is not valid. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The API key may not use this. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description No such team, call template or phone number. */
        TemplateNotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description No call has this id. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body is not declared as JSON. 400 is right as well. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The server failed. Nothing that can be sent may be answered with it. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /**
         * @description The call's `_id`, as the create response returned it.
         * @example 64b7f0a1c2d3e4f5a6b7c8e0
         */
        PhoneCallId: string;
        /**
         * @description Only the calls that were made from this template. An unknown one gives an empty list.
         * @example 64b7f0a1c2d3e4f5a6b7c8d2
         */
        CallTemplateId: string;
    };
    requestBodies: {
        /** @description The call to make. */
        CreatePhoneCall: {
            content: {
                "application/json": components["schemas"]["CreatePhoneCall"];
            };
        };
    };
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listPhoneCalls: {
        parameters: {
            query?: {
                /**
                 * @description Only the calls that were made from this template. An unknown one gives an empty list.
                 * @example 64b7f0a1c2d3e4f5a6b7c8d2
                 */
                callTemplateId?: components["parameters"]["CallTemplateId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["PhoneCallList"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    createPhoneCall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["CreatePhoneCall"];
        responses: {
            200: components["responses"]["PhoneCallCreated"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["TemplateNotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            500: components["responses"]["InternalError"];
        };
    };
    getPhoneCall: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The call's `_id`, as the create response returned it.
                 * @example 64b7f0a1c2d3e4f5a6b7c8e0
                 */
                id: components["parameters"]["PhoneCallId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["PhoneCallFound"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
        };
    };
}
