namespace ConsultHub.Conferences.Import;

/// <summary>The result of reading a file: a whole programme, or one fault.</summary>
public abstract record ImportResult;

/// <summary>The file was read. Warnings describe its odd content.</summary>
public sealed record ProgrammeRead(Programme Programme) : ImportResult;

/// <summary>The file cannot be read as a programme.</summary>
/// <param name="Code">Stable, such as <c>import.malformed</c>.</param>
/// <param name="Message">An English sentence.</param>
/// <param name="Place">The same format as <see cref="ImportWarning.Place"/>. Null if the fault concerns no single place.</param>
/// <param name="Sentence">The stable name of the sentence. It begins with the code. A code can have several sentences.</param>
/// <param name="Values">The values that the sentence contains, by name, and the parser's own message if there is one.</param>
public sealed record ImportFault(Code Code, string Message, string? Place, string Sentence, IReadOnlyDictionary<string, string> Values)
    : ImportResult;

/// <summary>Carries a fault from a parser's inner methods to <see cref="ProgrammeReader"/>, which catches the exception.</summary>
internal sealed class ImportFaultException(ImportFault fault) : Exception(fault.Message)
{
    public ImportFaultException(Sentence sentence, string? place = null, params (string Name, object? Value)[] values)
        : this(FaultSentences.Fault(sentence, place, values)) { }

    public ImportFault Fault => fault;
}
