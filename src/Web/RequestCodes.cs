using ConsultHub.Records;

namespace ConsultHub.Web;

/// <summary>The codes with which any endpoint may refuse, for example a request with a wrong form, or one request too many.</summary>
[CodesOf<Refusal>]
public static class RequestCodes
{
    public static readonly Code BadJson = Code.BadInput("request.bad-json");
    public static readonly Code BadParameter = Code.BadInput("request.bad-parameter");
    public static readonly Code Failed = Code.BadInput("request.failed");
    public static readonly Code HeaderMissing = Code.BadInput("request.header-missing");
    public static readonly Code MethodNotAllowed = Code.NoSuchMethod(
        "request.method-not-allowed",
        "This address does not take that method."
    );
    public static readonly Code NoOffset = RecordCodes.NoOffset;
    public static readonly Code NotFound = Code.Unknown("request.not-found", "There is nothing here.");
    public static readonly Code TooLarge = Code.TooLarge("request.too-large", "The body is larger than this endpoint takes.");
    public static readonly Code TooMany = Code.TooMany("request.too-many", "Too many tries; wait a minute.");
    public static readonly Code UnsupportedType = Code.UnsupportedType(
        "request.unsupported-type",
        "This endpoint does not take that type of content."
    );
}
