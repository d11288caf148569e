namespace ConsultHub.Conferences.Import;

/// <summary>What reading a file led to: a whole programme, or one fault and nothing.</summary>
public abstract record ImportResult;

/// <summary>The file was read; what was odd in it is among the warnings.</summary>
public sealed record ProgrammeRead(Programme Programme) : ImportResult;

/// <summary>The file cannot be read as a programme.</summary>
/// <param name="Code">Stable, such as <c>import.malformed</c>.</param>
/// <param name="Message">An English sentence.</param>
/// <param name="Place">As <see cref="ImportWarning.Place"/>; null where the fault has no place.</param>
/// <param name="Sentence">Which sentence of the code the message is, by a stable name that begins with the code.</param>
/// <param name="Values">What stands in the sentence by name, and what the parser says itself.</param>
public sealed record ImportFault(string Code, string Message, string? Place, string Sentence, IReadOnlyDictionary<string, string> Values)
    : ImportResult;

/// <summary>Carries a fault out of the depth of a reader; never leaves this folder.</summary>
internal sealed class ImportFaultException(ImportFault fault) : Exception(fault.Message)
{
    public ImportFaultException(string sentence, string? place = null, params (string Name, object? Value)[] values)
        : this(FaultSentences.Fault(sentence, place, values)) { }

    public ImportFault Fault => fault;
}
