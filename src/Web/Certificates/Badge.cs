using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using ConsultHub.Attendance;
using ConsultHub.Certificates;

namespace ConsultHub.Web.Certificates;

/// <summary>The addresses at which the hub shows what a verifier of badges needs.</summary>
/// <param name="hub">The hub's public address.</param>
internal sealed class BadgeAddresses(Uri hub, CertificateRegisterId register)
{
    public string Hub => hub.AbsoluteUri;

    public string Register =>
        register.Programme is { } programme ? At($"/api/badges/programmes/{programme}") : At($"/api/badges/conferences/{register.Key}");

    public string Issuer => $"{Register}/issuer";

    public string StatusList => $"{Register}/status";

    public string Badge(string number) => At($"/api/certificates/{number}/badge");

    public string Key(string keyId) => At($"/api/badges/keys/{keyId}");

    private string At(string path) => new Uri(hub, path).AbsoluteUri;
}

/// <summary>
/// Makes a credential of Open Badges 3.0 (1EdTech), which is a credential of the W3C Verifiable Credentials Data Model 2.0. It says what
/// the printed certificate says, in English, and no more. The holder is identified by name only, as in the certificate's QR code.
/// </summary>
internal static class Badge
{
    private const string Schema = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json";

    public const string Credentials = "https://www.w3.org/ns/credentials/v2",
        OpenBadges = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

    /// <param name="Achievement">The part of the achievement's address after the address of the register.</param>
    /// <param name="Narrative">What exactly the holder did.</param>
    private sealed record Content(
        string Number,
        string Holder,
        string Issuer,
        string Achievement,
        string Name,
        string Description,
        string Criteria,
        string Narrative,
        decimal? Credits,
        ImmutableArray<CompletionLine> Lines,
        DateTimeOffset IssuedAt
    );

    /// <param name="place">The place of the certificate in the status list.</param>
    /// <returns>The payload of the JWT.</returns>
    public static JsonObject Of(Certificate certificate, BadgeAddresses at, long place)
    {
        var policy = certificate.Policy;
        var days = certificate.Lectures.Select(l => l.Day).OfType<DateOnly>().Order().ToList();
        string[] ways =
        [
            .. policy.Live ? ["live"] : Array.Empty<string>(),
            .. policy.Recorded ? ["from the recording"] : Array.Empty<string>(),
            .. policy.InPerson ? ["in the room"] : Array.Empty<string>(),
        ];
        return Of(
            new Content(
                certificate.Number,
                certificate.Holder.En,
                certificate.Network?.En ?? certificate.Title,
                policy.Id.Value,
                certificate.Title,
                $"Attendance of lectures of {certificate.Title}. The credit is counted by the policy of {policy.Name.En}.",
                $"Each hour of attendance gives {Text(policy.PerHour)} {CreditUnit.Of(policy.Unit.En, policy.PerHour, "en")}. A lecture "
                    + $"counts if the person attended at least {Text(policy.MinimumShare * 100)} % of it and at least "
                    + $"{policy.MinimumMinutes} minutes. Attendance counts {string.Join(", ", ways)}.",
                $"{Text(certificate.Credits)} {CreditUnit.Of(policy.Unit.En, certificate.Credits, "en")}. Lectures: "
                    + $"{certificate.Lectures.Length}. Minutes: {(int)certificate.Lectures.Sum(l => l.Minutes)}.{Days(days)}",
                certificate.Credits,
                [],
                certificate.IssuedAt
            ),
            at,
            place
        );
    }

    /// <param name="place">The place of the certificate in the status list.</param>
    /// <returns>The payload of the JWT.</returns>
    public static JsonObject Of(CompletionCertificate certificate, BadgeAddresses at, long place) =>
        Of(
            new Content(
                certificate.Number,
                certificate.Holder.En,
                certificate.Network.En,
                certificate.Cohort,
                certificate.Title.En,
                $"Completion of {certificate.Title.En}, {certificate.CohortName.En}, of {certificate.Network.En}"
                    + (certificate.Partner is { } partner ? $" with {partner.En}." : "."),
                "The person had a place in the cohort until its last day. "
                    + "The programme's director or a coordinator has confirmed the completion.",
                $"{certificate.CohortName.En}.{Days([certificate.From, certificate.To])}",
                null,
                certificate.Lines,
                certificate.IssuedAt
            ),
            at,
            place
        );

    private static JsonObject Of(Content content, BadgeAddresses at, long place)
    {
        var (id, achievement) = (at.Badge(content.Number), $"{at.Register}#{content.Achievement}");
        // The address names the holder only in this credential, so that nobody can connect two credentials by it.
        var holder = $"{id}#holder";
        var subject = new JsonObject
        {
            ["id"] = holder,
            ["type"] = new JsonArray("AchievementSubject"),
            ["identifier"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "IdentityObject",
                    ["hashed"] = false,
                    ["identityHash"] = content.Holder,
                    ["identityType"] = "name",
                }
            ),
            ["achievement"] = new JsonObject
            {
                ["id"] = achievement,
                ["type"] = new JsonArray("Achievement"),
                ["achievementType"] = "CertificateOfCompletion",
                ["inLanguage"] = "en",
                ["name"] = content.Name,
                ["description"] = content.Description,
                ["criteria"] = new JsonObject { ["narrative"] = content.Criteria },
            },
            ["narrative"] = content.Narrative,
        };
        if (content.Credits is { } credits)
            subject["creditsEarned"] = credits;
        AddResults(subject, content.Lines, achievement);
        return new()
        {
            ["@context"] = new JsonArray(Credentials, OpenBadges),
            ["id"] = id,
            ["type"] = new JsonArray("VerifiableCredential", "OpenBadgeCredential"),
            ["name"] = content.Name,
            ["issuer"] = new JsonObject
            {
                ["id"] = at.Issuer,
                ["type"] = new JsonArray("Profile"),
                ["name"] = content.Issuer,
                ["url"] = at.Hub,
            },
            ["validFrom"] = Instant(content.IssuedAt),
            ["credentialSubject"] = subject,
            ["credentialSchema"] = new JsonArray(new JsonObject { ["id"] = Schema, ["type"] = "1EdTechJsonSchemaValidator2019" }),
            ["credentialStatus"] = new JsonObject
            {
                ["id"] = $"{at.StatusList}#{place.ToString(CultureInfo.InvariantCulture)}",
                ["type"] = "BitstringStatusListEntry",
                ["statusPurpose"] = "revocation",
                ["statusListIndex"] = place.ToString(CultureInfo.InvariantCulture),
                ["statusListCredential"] = at.StatusList,
            },
            ["iss"] = at.Issuer,
            ["sub"] = holder,
            ["jti"] = id,
            ["nbf"] = content.IssuedAt.ToUnixTimeSeconds(),
        };
    }

    /// <summary>Adds what the holder reached. A line without a result is one that the holder has completed.</summary>
    private static void AddResults(JsonObject subject, ImmutableArray<CompletionLine> lines, string achievement)
    {
        if (lines.IsEmpty)
            return;
        subject["achievement"]!["resultDescription"] = new JsonArray([
            .. lines.Select(
                (line, i) =>
                    new JsonObject
                    {
                        ["id"] = $"{achievement}-{i + 1}",
                        ["type"] = new JsonArray("ResultDescription"),
                        ["name"] = line.Name.En,
                        ["resultType"] = "Result",
                    }
            ),
        ]);
        subject["result"] = new JsonArray([
            .. lines.Select(
                (line, i) =>
                    new JsonObject
                    {
                        ["type"] = new JsonArray("Result"),
                        ["resultDescription"] = $"{achievement}-{i + 1}",
                        ["value"] = line.Result ?? "Completed",
                    }
            ),
        ]);
    }

    /// <summary>Whole seconds, because <c>nbf</c> and <c>exp</c> have whole seconds.</summary>
    public static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Days(List<DateOnly> days) =>
        days.Count == 0 ? ""
        : days[0] == days[^1] ? $" Day: {Text(days[0])}."
        : $" Days: {Text(days[0])} to {Text(days[^1])}.";

    private static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static string Text(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
