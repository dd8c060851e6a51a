using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace MPilot.Jobs.Engine.Streaming;

/// <summary>
/// Decodes base64 whose text comes in pieces split anywhere. Takes both alphabets, white space anywhere, missing padding, and a
/// <c>data:…,</c> prefix.
/// </summary>
internal struct Base64Text
{
    private const int LongestPrefix = 256;
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);

    private Part _part;
    private int _prefixLength;
    private Quad _carry;
    private int _carried;
    private int _padding;

    private enum Part
    {
        /// <summary>May yet turn out to be <c>data:</c>.</summary>
        Head,
        Prefix,
        Body,
    }

    private static ReadOnlySpan<byte> Scheme => "data:"u8;

    /// <summary>The text is not base64; nothing more will be decoded.</summary>
    public bool IsInvalid { get; private set; }

    /// <summary>How many bytes a text of some length may decode to at most, in one push and the completion.</summary>
    public static int MaxDecodedLength(int textLength) => ((textLength + Scheme.Length + 4) / 4 * 3) + 6;

    /// <summary>Decodes more text. Returns the number of bytes put into <paramref name="output"/>.</summary>
    public int Push(ReadOnlySpan<byte> text, Span<byte> output)
    {
        var written = _part == Part.Head ? Head(ref text, output) : 0;
        if (_part == Part.Prefix)
        {
            SkipPrefix(ref text);
        }

        return written + (_part == Part.Body ? Body(text, output[written..]) : 0);
    }

    /// <summary>Decodes what is left at the end of the text.</summary>
    public int Complete(Span<byte> output)
    {
        var written = 0;
        if (_part == Part.Head)
        {
            _part = Part.Body;
            written = Body(Scheme[.._prefixLength], output);
        }

        if (_part == Part.Prefix || _carried == 1 || (_padding > 0 && _carried + _padding != 4))
        {
            IsInvalid = true;
        }

        if (IsInvalid || _carried == 0)
        {
            return written;
        }

        Span<byte> quad = _carry;
        quad[_carried..].Fill((byte)'=');
        return written + Decode(quad, output[written..]);
    }

    private int Head(ref ReadOnlySpan<byte> text, Span<byte> output)
    {
        while (!text.IsEmpty && _part == Part.Head)
        {
            if (_prefixLength == 0 && IsSpace(text[0]))
            {
                text = text[1..];
            }
            else if (text[0] == Scheme[_prefixLength])
            {
                text = text[1..];
                _part = ++_prefixLength == Scheme.Length ? Part.Prefix : Part.Head;
            }
            else
            {
                _part = Part.Body;
                return Body(Scheme[.._prefixLength], output);
            }
        }

        return 0;
    }

    private void SkipPrefix(ref ReadOnlySpan<byte> text)
    {
        var comma = text.IndexOf((byte)',');
        _prefixLength += comma < 0 ? text.Length : comma;
        IsInvalid |= _prefixLength > LongestPrefix;
        _part = comma < 0 ? Part.Prefix : Part.Body;
        text = comma < 0 ? [] : text[(comma + 1)..];
    }

    private int Body(ReadOnlySpan<byte> text, Span<byte> output)
    {
        var written = 0;
        while (!text.IsEmpty && !IsInvalid)
        {
            var odd = text.IndexOfAnyExcept(Alphabet);
            var run = odd < 0 ? text : text[..odd];
            written += Run(run, output[written..]);
            if (odd < 0)
            {
                break;
            }

            written += Odd(text[odd], output[written..]);
            text = text[(odd + 1)..];
        }

        return written;
    }

    private int Odd(byte character, Span<byte> output)
    {
        switch (character)
        {
            case (byte)'=':
                _padding++;
                IsInvalid |= _padding > 2;
                return 0;
            case (byte)'-':
                return Run("+"u8, output);
            case (byte)'_':
                return Run("/"u8, output);
            default:
                IsInvalid |= !IsSpace(character);
                return 0;
        }
    }

    /// <summary>Decodes characters of the alphabet.</summary>
    private int Run(ReadOnlySpan<byte> run, Span<byte> output)
    {
        if (run.IsEmpty)
        {
            return 0;
        }

        IsInvalid |= _padding > 0;
        var written = 0;
        if (_carried > 0)
        {
            var missing = Math.Min(4 - _carried, run.Length);
            Carry(run[..missing]);
            run = run[missing..];
            if (_carried < 4)
            {
                return 0;
            }

            written = Decode(_carry, output);
            _carried = 0;
        }

        var whole = run.Length & ~3;
        written += Decode(run[..whole], output[written..]);
        Carry(run[whole..]);
        return written;
    }

    private void Carry(ReadOnlySpan<byte> characters)
    {
        characters.CopyTo(((Span<byte>)_carry)[_carried..]);
        _carried += characters.Length;
    }

    private int Decode(ReadOnlySpan<byte> quads, Span<byte> output)
    {
        IsInvalid |= Base64.DecodeFromUtf8(quads, output, out _, out var written) != OperationStatus.Done;
        return written;
    }

    private static bool IsSpace(byte character) => character is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    [InlineArray(4)]
    private struct Quad
    {
        private byte _first;
    }
}
