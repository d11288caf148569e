using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ConsultHub.Consultants;
using ConsultHub.Web.Records;

namespace ConsultHub.Web.Consultants;

/// <summary>
/// Reads the codes of a FHIR R4 code system or value set as specialties. A concept whose SNOMED CT code the hub knows from another
/// specialty is that specialty. It keeps its names, because the hub's own list is translated. Some published files have a code twice, with
/// two names. The first one counts. Names that are too long are cut.
/// </summary>
internal static partial class CodeSystemFile
{
    private const string SnomedCt = "http://snomed.info/sct";

    private const int MostDepth = 32,
        MostText = 120;

    /// <summary>The languages of names besides English.</summary>
    private static readonly string[] Others = ["ar", "ko"];

    /// <param name="System">The code system to which the code belongs.</param>
    /// <param name="Names">The names by language, such as <c>en</c>.</param>
    private sealed record Concept(string? System, string Code, IReadOnlyDictionary<string, string> Names)
    {
        public string? Snomed => System == SnomedCt ? Code : null;

        public string this[string language] => Names.GetValueOrDefault(language) ?? "";
    }

    /// <summary>A resource in JSON or XML. A member of XML is an element, or the attribute <c>value</c> of an element.</summary>
    internal interface INode
    {
        string Kind { get; }
        string? Text(string name);
        IEnumerable<INode> All(string name);
    }

    public static async ValueTask<(CsvFile? File, Refusal? Refusal)> ReadAsync(TableUpload upload, Func<byte[], INode> parse)
    {
        try
        {
            var resource = parse(upload.Bytes);
            if (resource.Kind is not ("CodeSystem" or "ValueSet"))
                return Refused("This file is not a FHIR code system or value set.", null);
            var concepts = ConceptsOf(resource).DistinctBy(c => (c.System, c.Code)).Take(TableCsv.MostRows + 1).ToList();
            if (concepts.Count == 0)
                return Refused($"The {resource.Kind} names no codes itself.", null);
            var known = await upload.Services.GetRequiredService<IGrainFactory>().GetGrain<ISpecialtiesGrain>("hub").ListAsync();
            return RowsOf(concepts, known.Where(s => s.Snomed is not null).ToLookup(s => s.Snomed!));
        }
        catch (JsonException bad)
        {
            return Refused("This is not well-formed JSON.", $"line {bad.LineNumber + 1}, byte {bad.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException) // a text of JSON is no Unicode
        {
            return Refused("A text is not valid Unicode.", null);
        }
        catch (XmlException bad)
        {
            return Refused(
                "This is not well-formed XML, or it has a document type.",
                bad.LineNumber == 0 ? null : $"line {bad.LineNumber}, column {bad.LinePosition}"
            );
        }
    }

    private static (CsvFile?, Refusal) Refused(string message, string? place) =>
        (null, new(ImportCodes.BadCodes, message) { Place = place });

    /// <summary>A blank cell removes a value. So there is no column for what the file does not have at all.</summary>
    private static (CsvFile?, Refusal?) RowsOf(List<Concept> concepts, ILookup<string, Specialty> known)
    {
        string[] others = [.. Others.Where(language => concepts.Exists(c => c[language].Length > 0))];
        var header = new List<string>(["code", "name.en", .. others.Select(language => $"name.{language}")]);
        var isSnomed = concepts.Exists(c => c.Snomed is not null);
        if (isSnomed)
            header.Add("snomed");
        return CsvFile.Of(
            [.. header],
            [.. concepts.Select((c, i) => (i + 1, (string[])(isSnomed ? [.. NamesOf(c), c.Snomed ?? ""] : [.. NamesOf(c)])))]
        );

        string[] NamesOf(Concept concept)
        {
            var same = concept.Snomed is { } snomed ? known[snomed].FirstOrDefault() : null;
            if (same is null || same.Code == concept.Code)
                return [IdOf(concept.Code), concept["en"], .. others.Select(language => concept[language])];
            return
            [
                same.Code,
                same.Name.En,
                .. others.Select(language => (language == "ar" ? same.Name.Ar : same.Name.Ko) ?? concept[language]),
            ];
        }
    }

    private static IEnumerable<Concept> ConceptsOf(INode resource)
    {
        var language = Short(resource.Text("language")) ?? "en";
        if (resource.Kind == "CodeSystem")
            return resource.All("concept").SelectMany(c => Tree(c, "concept", _ => resource.Text("url"), language));
        var expanded = resource.All("expansion").SelectMany(e => e.All("contains")).ToList();
        return expanded.Count > 0
            ? expanded.SelectMany(c => Tree(c, "contains", each => each.Text("system"), language))
            : resource
                .All("compose")
                .SelectMany(c => c.All("include"))
                .SelectMany(i => i.All("concept").SelectMany(c => Tree(c, "concept", _ => i.Text("system"), language)));
    }

    /// <summary>A concept and those that it contains. A concept without a code only groups others.</summary>
    private static IEnumerable<Concept> Tree(INode concept, string inner, Func<INode, string?> systemOf, string language)
    {
        if (concept.Text("code") is { Length: > 0 } code)
        {
            var names = new Dictionary<string, string>();
            foreach (var other in concept.All("designation"))
                if (Short(other.Text("language")) is { } its && other.Text("value") is { } value)
                    names.TryAdd(its, Cut(value));
            if (concept.Text("display") is { } display)
                names[names.ContainsKey("en") ? language : "en"] = Cut(display);
            yield return new(systemOf(concept), code.Trim(), names);
        }
        foreach (var below in concept.All(inner).SelectMany(c => Tree(c, inner, systemOf, language)))
            yield return below;
    }

    private static string Cut(string name) =>
        name.Trim() is { Length: > MostText } text ? $"{text[..(MostText - 1)].TrimEnd()}…" : name.Trim();

    /// <summary>The language of a tag, such as <c>ko</c> for <c>ko-KR</c>.</summary>
    private static string? Short(string? tag) => tag?.Split('-')[0].ToLowerInvariant();

    /// <summary>The hub's id for a code. Ids have no upper-case letters and few signs.</summary>
    private static string IdOf(string code) => NotOfId().Replace(code.ToLowerInvariant(), "-").TrimStart('-', '.', '_');

    [GeneratedRegex("[^a-z0-9._-]+")]
    private static partial Regex NotOfId();

    public static INode Json(byte[] bytes) =>
        new JsonNode(JsonDocument.Parse(bytes.AsMemory(Preamble(bytes)..), new() { MaxDepth = MostDepth }).RootElement);

    private static int Preamble(byte[] bytes) => bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;

    public static INode Xml(byte[] bytes)
    {
        using var reader = XmlReader.Create(
            new MemoryStream(bytes),
            new()
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = bytes.Length,
            }
        );
        // The tree is only built if it is not too deep.
        while (reader.Read())
            if (reader.Depth > MostDepth)
                throw new XmlException("The elements are nested too deeply.", null, ((IXmlLineInfo)reader).LineNumber, 1);
        return new XmlNode(XDocument.Load(new MemoryStream(bytes)).Root!);
    }

    private sealed record JsonNode(JsonElement Element) : INode
    {
        public string Kind => Text("resourceType") ?? "";

        public string? Text(string name) => Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

        public IEnumerable<INode> All(string name) =>
            Member(name) switch
            {
                { ValueKind: JsonValueKind.Array } many => many.EnumerateArray().Select(each => new JsonNode(each)),
                { ValueKind: JsonValueKind.Object } one => [new JsonNode(one)],
                _ => [],
            };

        private JsonElement? Member(string name) =>
            Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var member) ? member : null;
    }

    private sealed record XmlNode(XElement Element) : INode
    {
        public string Kind => Element.Name.LocalName;

        public string? Text(string name) => Element.Element(Element.Name.Namespace + name)?.Attribute("value")?.Value;

        public IEnumerable<INode> All(string name) => Element.Elements(Element.Name.Namespace + name).Select(each => new XmlNode(each));
    }
}
